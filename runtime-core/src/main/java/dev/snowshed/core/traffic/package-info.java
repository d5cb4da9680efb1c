/**
 * How much a host carries of each function, and how much is asked of it: capacity from the windows
 * that admission counts, demand with what was refused, a short forecast, and how many hosts that
 * takes.
 */
@NullMarked
package dev.snowshed.core.traffic;

import org.jspecify.annotations.NullMarked;
