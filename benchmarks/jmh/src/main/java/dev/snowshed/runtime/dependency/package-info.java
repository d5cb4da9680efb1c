/** Benchmarks of what is private to the host's package of this name. */
@NullMarked
package dev.snowshed.runtime.dependency;

import org.jspecify.annotations.NullMarked;
