/** Offers a host more than it can carry, on a schedule that no answer delays. */
@NullMarked
package dev.snowshed.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
