/** The simulated host: a run queue, its cores, and the clients that load it, in virtual time. */
@NullMarked
package dev.snowshed.simulation.engine;

import org.jspecify.annotations.NullMarked;
