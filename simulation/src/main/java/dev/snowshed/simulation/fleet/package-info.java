/** Fleets of simulated hosts behind a simulated balancer, and what befalls them. */
@NullMarked
package dev.snowshed.simulation.fleet;

import org.jspecify.annotations.NullMarked;
