package dev.snowshed.runtime.loading;

import dev.snowshed.function.spi.FunctionBinding;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every function's class loader: shows the JDK, the SDK and a few API packages, and
 * nothing else of the host. Those packages are the host's, even where a bundle brings its own copy,
 * so that both sides mean the same types.
 */
final class SharedApiClassLoader extends ClassLoader {

  /** The packages shown, beside the JDK's. Documented in docs/functions.md. */
  static final Set<String> PACKAGES =
      Set.of(
          "dev.snowshed.function",
          "dev.snowshed.function.spi",
          "io.cloudevents",
          "io.cloudevents.lang",
          "io.cloudevents.rw",
          "io.cloudevents.types",
          "org.slf4j",
          "org.slf4j.event",
          "org.slf4j.helpers",
          "org.slf4j.spi",
          "com.fasterxml.jackson.annotation");

  /** Shown to bundles without an SDK of OpenTelemetry. Documented in docs/functions.md. */
  static final Set<String> OPEN_TELEMETRY =
      Set.of(
          "io.opentelemetry.api",
          "io.opentelemetry.api.baggage",
          "io.opentelemetry.api.baggage.propagation",
          "io.opentelemetry.api.common",
          "io.opentelemetry.api.impl",
          "io.opentelemetry.api.internal",
          "io.opentelemetry.api.logs",
          "io.opentelemetry.api.metrics",
          "io.opentelemetry.api.trace",
          "io.opentelemetry.api.trace.propagation",
          "io.opentelemetry.api.trace.propagation.internal",
          "io.opentelemetry.context",
          "io.opentelemetry.context.internal.shaded",
          "io.opentelemetry.context.propagation",
          "io.opentelemetry.context.propagation.internal");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host = FunctionBinding.class.getClassLoader();

  private final @Nullable Runnable openTelemetry;

  /**
   * A parent for bundles.
   *
   * @param openTelemetry if not null, OpenTelemetry is shown as well, and this runs before a class
   *     of it is, each time
   */
  SharedApiClassLoader(@Nullable Runnable openTelemetry) {
    super("snowshed-api", ClassLoader.getPlatformClassLoader());
    this.openTelemetry = openTelemetry;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    String packageName = dot < 0 ? "" : name.substring(0, dot);
    Runnable tracing = openTelemetry;
    if (tracing != null && OPEN_TELEMETRY.contains(packageName)) {
      tracing.run();
      return host.loadClass(name);
    }
    if (PACKAGES.contains(packageName)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
