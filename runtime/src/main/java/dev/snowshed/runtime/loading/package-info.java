/** Finds function bundles, loads each in isolation, and swaps them while they serve. */
@NullMarked
package dev.snowshed.runtime.loading;

import org.jspecify.annotations.NullMarked;
