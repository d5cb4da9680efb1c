/** Probes. */
@NullMarked
package dev.snowshed.runtime.health;

import org.jspecify.annotations.NullMarked;
