/**
 * Whether this host should get traffic, and how much: its state, the causes of that, and the budget
 * of the fleet for hosts that are out.
 */
@NullMarked
package dev.snowshed.core.lifecycle;

import org.jspecify.annotations.NullMarked;
