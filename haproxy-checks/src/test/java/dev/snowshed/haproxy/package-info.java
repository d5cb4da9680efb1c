/** Checks of the files in {@code deploy/haproxy}. */
@NullMarked
package dev.snowshed.haproxy;

import org.jspecify.annotations.NullMarked;
