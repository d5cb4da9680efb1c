/** CDI producers and the start and stop of the host. */
@NullMarked
package dev.snowshed.runtime.wiring;

import org.jspecify.annotations.NullMarked;
