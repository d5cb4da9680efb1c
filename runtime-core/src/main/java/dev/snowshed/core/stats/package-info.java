/** Running statistics that forget. */
@NullMarked
package dev.snowshed.core.stats;

import org.jspecify.annotations.NullMarked;
