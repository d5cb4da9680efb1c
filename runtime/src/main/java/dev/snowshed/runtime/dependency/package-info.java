/**
 * The calls that functions make to something else: protected, observed, and made to fail in drills.
 */
@NullMarked
package dev.snowshed.runtime.dependency;

import org.jspecify.annotations.NullMarked;
