/** The command {@code ./snowshed plan}: how many instances a coming peak takes. */
@NullMarked
package dev.snowshed.runtime.traffic.plan;

import org.jspecify.annotations.NullMarked;
