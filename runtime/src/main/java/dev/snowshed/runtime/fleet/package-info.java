/** What the host knows of the other hosts of its fleet. */
@NullMarked
package dev.snowshed.runtime.fleet;

import org.jspecify.annotations.NullMarked;
