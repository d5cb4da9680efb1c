/** What the host carries and what is asked of it, as metrics and JSON. */
@NullMarked
package dev.snowshed.runtime.traffic;

import org.jspecify.annotations.NullMarked;
