/** Opens the console of a packaged host in a real browser. */
@NullMarked
package dev.snowshed.console;

import org.jspecify.annotations.NullMarked;
