/** What the host's tests are made with. */
@NullMarked
package dev.snowshed.runtime.testing;

import org.jspecify.annotations.NullMarked;
