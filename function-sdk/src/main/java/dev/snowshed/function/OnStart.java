package dev.snowshed.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method of a function class that runs once after construction, before the first
 * call: open pools, read models, warm up. It takes nothing or a {@link Configuration}, returns
 * {@code void}, and if it throws, the load fails and an older version, if any, goes on serving.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface OnStart {}
