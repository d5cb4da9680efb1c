/** Compares limits over scenarios, from the command line. */
@NullMarked
package dev.snowshed.simulation;

import org.jspecify.annotations.NullMarked;
