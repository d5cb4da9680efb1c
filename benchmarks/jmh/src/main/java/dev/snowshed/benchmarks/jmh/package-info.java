/** Nanoseconds and bytes of what happens on every call. */
@NullMarked
package dev.snowshed.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
