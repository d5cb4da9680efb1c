/** Races of the gate and the permit. */
@NullMarked
package dev.snowshed.concurrency;

import org.jspecify.annotations.NullMarked;
