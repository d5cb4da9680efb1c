/** How many requests of a function may run at once: the law, apart from who holds a permit. */
@NullMarked
package dev.snowshed.core.limit;

import org.jspecify.annotations.NullMarked;
