/** The control algorithms of the host: plain JDK, no framework, real or virtual time alike. */
@NullMarked
package dev.snowshed.core;

import org.jspecify.annotations.NullMarked;
