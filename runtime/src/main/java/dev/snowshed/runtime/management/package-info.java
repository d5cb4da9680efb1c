/** The management port's own routes. */
@NullMarked
package dev.snowshed.runtime.management;

import org.jspecify.annotations.NullMarked;
