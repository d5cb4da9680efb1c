/** The command {@code ./snowshed drill}: has a host drill its functions, and reports. */
@NullMarked
package dev.snowshed.runtime.drill.client;

import org.jspecify.annotations.NullMarked;
