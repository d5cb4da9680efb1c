/** Checks of the files in {@code deploy/}. */
@NullMarked
package dev.snowshed.deploy;

import org.jspecify.annotations.NullMarked;
