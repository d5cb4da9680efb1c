/** What reaches the log, and which call it belongs to. */
@NullMarked
package dev.snowshed.runtime.logging;

import org.jspecify.annotations.NullMarked;
