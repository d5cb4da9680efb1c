/** The best fixed limit in hindsight, which the others are measured against. */
@NullMarked
package dev.snowshed.simulation.oracle;

import org.jspecify.annotations.NullMarked;
