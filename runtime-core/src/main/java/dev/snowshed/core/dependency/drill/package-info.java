/** Finding by experiment what a function's dependencies are: faults on purpose, and controls. */
@NullMarked
package dev.snowshed.core.dependency.drill;

import org.jspecify.annotations.NullMarked;
