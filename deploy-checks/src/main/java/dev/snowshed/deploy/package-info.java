/** Runs the programs for which {@code deploy/} holds configurations. */
@NullMarked
package dev.snowshed.deploy;

import org.jspecify.annotations.NullMarked;
