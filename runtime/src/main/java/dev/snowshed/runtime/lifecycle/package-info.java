/** The host's life: what is measured for it, what drives it, and what it tells. */
@NullMarked
package dev.snowshed.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
