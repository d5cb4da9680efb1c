package dev.snowshed.runtime.loading;

import java.net.URL;
import java.net.URLClassLoader;

/** The class loader of one load of one bundle. */
final class FunctionClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  FunctionClassLoader(String bundle, URL[] classPath, SharedApiClassLoader parent) {
    super("function:" + bundle, classPath, parent);
  }
}
