/** What a fleet loses when its hosts are killed, stopped, wedged and rolled. */
@NullMarked
package dev.snowshed.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
