package dev.snowshed.runtime.loading;

import dev.snowshed.function.spi.FunctionBinding;
import java.util.Set;

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

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host = FunctionBinding.class.getClassLoader();

  SharedApiClassLoader() {
    super("snowshed-api", ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && PACKAGES.contains(name.substring(0, dot))) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
