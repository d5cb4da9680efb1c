/**
 * The host's side of admission: the gates of its functions, what outlasts a restart, the load
 * report.
 */
@NullMarked
package dev.snowshed.runtime.admission;

import org.jspecify.annotations.NullMarked;
