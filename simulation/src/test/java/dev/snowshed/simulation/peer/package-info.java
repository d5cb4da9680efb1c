/** Checks the peers against their published formulas, and that they hold an overload. */
@NullMarked
package dev.snowshed.simulation.peer;

import org.jspecify.annotations.NullMarked;
