/** The agent that HAProxy asks how much to send here. */
@NullMarked
package dev.snowshed.runtime.agent;

import org.jspecify.annotations.NullMarked;
