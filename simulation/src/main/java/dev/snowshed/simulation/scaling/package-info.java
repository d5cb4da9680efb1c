/** Fleets that an autoscaler sizes, in a closed loop, and what each autoscaler is worth. */
@NullMarked
package dev.snowshed.simulation.scaling;

import org.jspecify.annotations.NullMarked;
