package dev.snowshed.processor;

import dev.snowshed.function.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** Files in memory: what goes into a compilation and what comes out of it. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public |final |abstract |sealed |non-sealed )*"
              + "(?:class|record|interface|@interface|enum) (\\w+)");

  private final Map<String, Memory> outputs = new TreeMap<>();
  private final Map<String, Memory> generatedSources = new TreeMap<>();

  MemoryFiles(JavaFileManager standard, Map<String, byte[]> former) {
    super(standard);
    former.forEach(
        (path, bytes) -> {
          Memory memory = new Memory(path, kind(path));
          memory.setContent(bytes);
          outputs.put(path, memory);
        });
  }

  static JavaFileObject source(String text) {
    Matcher packageMatcher = PACKAGE.matcher(text);
    String packagePath =
        packageMatcher.find() ? packageMatcher.group(1).replace('.', '/') + "/" : "";
    Matcher typeMatcher = TYPE.matcher(text);
    if (!typeMatcher.find()) {
      throw new IllegalArgumentException("no type in " + text);
    }
    Memory memory =
        new Memory(packagePath + typeMatcher.group(1) + ".java", JavaFileObject.Kind.SOURCE);
    memory.setContent(text.getBytes(StandardCharsets.UTF_8));
    return memory;
  }

  private static JavaFileObject.Kind kind(String path) {
    return path.endsWith(".class") ? JavaFileObject.Kind.CLASS : JavaFileObject.Kind.OTHER;
  }

  String resource(String path) {
    return text(outputs, path);
  }

  boolean hasResource(String path) {
    Memory memory = outputs.get(path);
    return memory != null && memory.written;
  }

  String generatedSource(String className) {
    return text(generatedSources, className.replace('.', '/') + ".java");
  }

  private static String text(Map<String, Memory> files, String path) {
    Memory memory = files.get(path);
    if (memory == null || !memory.written) {
      throw new AssertionError("no " + path + " among " + files.keySet());
    }
    return new String(memory.bytes, StandardCharsets.UTF_8);
  }

  Map<String, byte[]> output() {
    Map<String, byte[]> copy = new TreeMap<>();
    outputs.forEach(
        (path, memory) -> {
          if (memory.written) {
            copy.put(path, memory.bytes);
          }
        });
    return copy;
  }

  ClassLoader loader() {
    return new MemoryLoader(output());
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    String path = className.replace('.', '/') + kind.extension;
    Memory memory = new Memory(path, kind);
    (kind == JavaFileObject.Kind.SOURCE ? generatedSources : outputs).put(path, memory);
    return memory;
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String relativeName, FileObject sibling) {
    return outputs.computeIfAbsent(
        relativeName, path -> new Memory(path, JavaFileObject.Kind.OTHER));
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    List<JavaFileObject> found = new ArrayList<>();
    super.list(location, packageName, kinds, recurse).forEach(found::add);
    if (location == StandardLocation.CLASS_PATH && kinds.contains(JavaFileObject.Kind.CLASS)) {
      String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
      outputs.forEach(
          (path, memory) -> {
            if (memory.getKind() == JavaFileObject.Kind.CLASS
                && path.startsWith(folder)
                && path.indexOf('/', folder.length()) < 0) {
              found.add(memory);
            }
          });
    }
    return found;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof Memory memory
        ? memory.path.replaceFirst("\\.class$", "").replace('/', '.')
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return (a instanceof Memory || b instanceof Memory) ? a.equals(b) : super.isSameFile(a, b);
  }

  private static final class Memory extends SimpleJavaFileObject {
    private final String path;
    private byte[] bytes = new byte[0];
    private boolean written;

    Memory(String path, Kind kind) {
      super(URI.create("memory:///" + path), kind);
      this.path = path;
    }

    private void setContent(byte[] content) {
      bytes = content;
      written = true;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
      if (!written) {
        throw new FileNotFoundException(path);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          setContent(toByteArray());
        }
      };
    }
  }

  /** Loads what was compiled, and nothing else but the SDK and the JDK. */
  private static final class MemoryLoader extends ClassLoader {
    private final Map<String, byte[]> files;

    MemoryLoader(Map<String, byte[]> files) {
      super(Function.class.getClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = files.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      byte[] bytes = files.get(name);
      return bytes == null
          ? Collections.emptyEnumeration()
          : Collections.enumeration(List.of(url(name, bytes)));
    }

    private static URL url(String name, byte[] bytes) throws MalformedURLException {
      return new URL(
          null,
          "memory:///" + name,
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(bytes);
                }
              };
            }
          });
    }
  }
}
