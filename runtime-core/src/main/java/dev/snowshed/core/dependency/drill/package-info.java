/** Drills: what happens to a function when a dependency is made to fail on purpose. */
@NullMarked
package dev.snowshed.core.dependency.drill;

import org.jspecify.annotations.NullMarked;
