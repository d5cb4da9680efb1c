/**
 * Spans of OpenTelemetry as a second source: what instrumented clients of a function call is seen,
 * and counts like what goes through a dependency. Nothing is exported.
 */
@NullMarked
package dev.snowshed.runtime.dependency.spans;

import org.jspecify.annotations.NullMarked;
