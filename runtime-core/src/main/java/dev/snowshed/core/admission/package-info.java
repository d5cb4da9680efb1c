/**
 * Who may run: the gate in front of every function, and the permit that an admitted request holds.
 */
@NullMarked
package dev.snowshed.core.admission;

import org.jspecify.annotations.NullMarked;
