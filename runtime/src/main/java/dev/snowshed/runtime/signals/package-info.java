/** What the host reads of the machine: processors, run queue, memory. */
@NullMarked
package dev.snowshed.runtime.signals;

import org.jspecify.annotations.NullMarked;
