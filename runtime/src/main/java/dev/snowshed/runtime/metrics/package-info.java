/** The host's meters. Their names and labels are listed in docs/metrics.md. */
@NullMarked
package dev.snowshed.runtime.metrics;

import org.jspecify.annotations.NullMarked;
