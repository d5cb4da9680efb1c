/** Gates of our own: the controller of the host. */
@NullMarked
package dev.snowshed.simulation.gate;

import org.jspecify.annotations.NullMarked;
