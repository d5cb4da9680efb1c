/** Loads the host and its peers over HTTP, one after another, and compares them. */
@NullMarked
package dev.snowshed.benchmarks.http;

import org.jspecify.annotations.NullMarked;
