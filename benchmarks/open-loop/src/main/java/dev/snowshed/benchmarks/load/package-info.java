/** Sends requests when they are due, and counts what becomes of them. */
@NullMarked
package dev.snowshed.benchmarks.load;

import org.jspecify.annotations.NullMarked;
