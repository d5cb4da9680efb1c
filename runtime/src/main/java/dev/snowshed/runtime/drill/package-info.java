/**
 * Drills: faults in the dependencies of a function, one at a time, for marked requests only; the
 * requests are sent here, to the host's own function port.
 */
@NullMarked
package dev.snowshed.runtime.drill;

import org.jspecify.annotations.NullMarked;
