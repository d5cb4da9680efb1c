package dev.snowshed.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method of a function class that runs once after its last call has ended, before
 * the class is unloaded: close pools, stop threads. It takes nothing and returns {@code void}; what
 * it throws is logged.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface OnStop {}
