/** The function port: from a request's head to its answer. */
@NullMarked
package dev.snowshed.runtime.http;

import org.jspecify.annotations.NullMarked;
