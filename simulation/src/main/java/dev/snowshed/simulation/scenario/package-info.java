/** Workloads: what arrives, what a request costs, what goes wrong. */
@NullMarked
package dev.snowshed.simulation.scenario;

import org.jspecify.annotations.NullMarked;
