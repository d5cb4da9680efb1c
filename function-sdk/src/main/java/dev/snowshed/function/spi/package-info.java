/**
 * What the annotation processor generates and the host discovers with {@link
 * java.util.ServiceLoader}. Function authors do not need it.
 */
package dev.snowshed.function.spi;
