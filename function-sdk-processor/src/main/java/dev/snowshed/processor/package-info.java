/**
 * The annotation processor that turns functions into bindings. A function author puts it on the
 * compiler's processor path and never calls it.
 *
 * <p>For each {@link dev.snowshed.function.Function} it writes
 *
 * <ul>
 *   <li>a class {@code {Class}_{method}_Binding} in the package of the function's class, with the
 *       names of nested classes joined by {@code _} and {@code handle} as the method of a {@link
 *       dev.snowshed.function.Handler}; where two would be called the same, the function's name
 *       follows the method's, with {@code _} for {@code -};
 *   <li>a line of {@code META-INF/services/dev.snowshed.function.spi.FunctionBinding};
 *   <li>{@code META-INF/native-image/dev.snowshed.functions/{binding}/reachability-metadata.json},
 *       where {@code {binding}} is the qualified name of the binding, with the reflection that JSON
 *       needs in a GraalVM native image.
 * </ul>
 */
package dev.snowshed.processor;
