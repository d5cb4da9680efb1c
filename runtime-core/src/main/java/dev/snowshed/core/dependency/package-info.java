/**
 * Which of the things that a function calls it cannot live without, found from what becomes of its
 * calls when one of them fails.
 */
@NullMarked
package dev.snowshed.core.dependency;

import org.jspecify.annotations.NullMarked;
