package dev.snowshed.processor;

import java.util.List;

/**
 * What a {@link dev.snowshed.function.Function} annotation says, checked.
 *
 * @param name the function's name
 * @param timeoutNanos in nanoseconds
 * @param criticality the constant's name
 * @param maxBodyBytes in bytes, {@link Long#MAX_VALUE} for unlimited
 * @param execution the constant's name
 * @param methods HTTP methods, empty for the default
 * @param consumes media ranges, empty for the default
 * @param produces a media type, empty for the default
 */
record Settings(
    String name,
    long timeoutNanos,
    String criticality,
    long maxBodyBytes,
    String execution,
    List<String> methods,
    List<String> consumes,
    String produces) {}
