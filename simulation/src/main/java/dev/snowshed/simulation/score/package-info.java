/** What a run was worth: scores of limits against the best fixed one. */
@NullMarked
package dev.snowshed.simulation.score;

import org.jspecify.annotations.NullMarked;
