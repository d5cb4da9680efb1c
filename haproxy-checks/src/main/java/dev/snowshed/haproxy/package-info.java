/** Runs HAProxy with the configuration of {@code deploy/haproxy}. */
@NullMarked
package dev.snowshed.haproxy;

import org.jspecify.annotations.NullMarked;
