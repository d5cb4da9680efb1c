/** The host's settings. */
@NullMarked
package dev.snowshed.runtime.config;

import org.jspecify.annotations.NullMarked;
