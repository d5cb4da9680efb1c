/** How right the host's traffic model is, against the capacity that a scenario really has. */
@NullMarked
package dev.snowshed.simulation.traffic;

import org.jspecify.annotations.NullMarked;
