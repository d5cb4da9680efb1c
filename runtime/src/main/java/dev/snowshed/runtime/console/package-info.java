/** The console: pages for people, on the management port. */
@NullMarked
package dev.snowshed.runtime.console;

import org.jspecify.annotations.NullMarked;
