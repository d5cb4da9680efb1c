package dev.snowshed.samples.checks;

import static java.util.stream.Collectors.toMap;

import dev.snowshed.function.spi.FunctionBinding;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/** A sample's jar, loaded as a host loads it: seeing the JDK and the shared API and no more. */
final class SampleJar implements AutoCloseable {
  private final Path path;
  private final URLClassLoader loader;

  private SampleJar(Path path, URLClassLoader loader) {
    this.path = path;
    this.loader = loader;
  }

  static SampleJar open(String name) throws IOException {
    Path path = Path.of(System.getProperty("samples"), name, "target", name + ".jar").normalize();
    if (!Files.exists(path)) {
      throw new IOException(path + " is missing: run mvn verify, which builds it first");
    }
    URL[] urls = {path.toUri().toURL()};
    return new SampleJar(path, new URLClassLoader(name, urls, new SharedApiLoader()));
  }

  /** Shows the JDK, the SDK and the CloudEvents API. */
  private static final class SharedApiLoader extends ClassLoader {
    SharedApiLoader() {
      super("shared-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.snowshed.function.") || name.startsWith("io.cloudevents.")) {
        return SampleJar.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  Path path() {
    return path;
  }

  /** The jar's files. To be closed. */
  JarFile files() throws IOException {
    return new JarFile(path.toFile());
  }

  /** The jar's functions by name. */
  Map<String, FunctionBinding> functions() {
    return ServiceLoader.load(FunctionBinding.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .collect(toMap(binding -> binding.descriptor().name(), binding -> binding));
  }

  /** Runs work with the jar's loader as the context class loader. */
  <T> T inside(Work<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What runs inside a jar. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws Exception;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
