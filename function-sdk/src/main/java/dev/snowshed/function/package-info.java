/**
 * What a function author compiles against.
 *
 * <p>A function is a public method annotated with {@link dev.snowshed.function.Function}, or a
 * class so annotated that implements {@link dev.snowshed.function.Handler}. The annotation
 * processor {@code function-sdk-processor} turns each into a {@link
 * dev.snowshed.function.spi.FunctionBinding} at compile time.
 *
 * <p>This package depends on {@code java.base}, {@code java.net.http} and {@code java.sql} types of
 * the JDK only and is compiled for Java 17. No parameter or result is null unless its documentation
 * says so.
 */
package dev.snowshed.function;
