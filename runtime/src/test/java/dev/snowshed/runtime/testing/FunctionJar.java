package dev.snowshed.runtime.testing;

import dev.snowshed.processor.FunctionProcessor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A function jar made from sources while the test runs, with the real annotation processor. */
public final class FunctionJar {
  private static final Pattern CLASS = Pattern.compile("(?:class|record|interface|enum) (\\w+)");

  private final List<String> sources = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private String version = "";
  private String release = "17";
  private boolean processed = true;

  /** A jar with these sources, all in package {@code fn}, the package line left out. */
  public static FunctionJar of(String... sources) {
    FunctionJar jar = new FunctionJar();
    jar.sources.addAll(List.of(sources));
    return jar;
  }

  /** With an implementation version in the manifest. */
  public FunctionJar version(String version) {
    this.version = version;
    return this;
  }

  /** Compiled for another Java release than 17. */
  public FunctionJar release(int release) {
    this.release = Integer.toString(release);
    return this;
  }

  /** Compiled without the annotation processor. */
  public FunctionJar unprocessed() {
    this.processed = false;
    return this;
  }

  /** With a file of the given content, which replaces a compiled one of that name. */
  public FunctionJar file(String name, String content) {
    files.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Without a compiled file. */
  public FunctionJar without(String name) {
    files.put(name, new byte[0]);
    return this;
  }

  /** The compiled classes and files by name. */
  public Map<String, byte[]> compile() {
    try {
      Path folder = Files.createTempDirectory("function-jar-");
      compileTo(folder);
      Map<String, byte[]> result = new LinkedHashMap<>();
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile).sorted()::iterator) {
          result.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      result.putAll(files);
      result.values().removeIf(bytes -> bytes.length == 0);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the jar beside the target and moves it there in one step. */
  public Path writeTo(Path target) {
    return write(target, compile(), version);
  }

  /** Writes a jar with these entries beside the target and moves it there in one step. */
  public static Path write(Path target, Map<String, byte[]> entries, String version) {
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try (OutputStream file = Files.newOutputStream(part);
        JarOutputStream jar = new JarOutputStream(file, manifest(version))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return Files.move(
          part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the compiled files into a folder. */
  public Path writeToFolder(Path folder) {
    compile()
        .forEach(
            (name, bytes) -> {
              try {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return folder;
  }

  private static Manifest manifest(String version) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!version.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    }
    return manifest;
  }

  private void compileTo(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              output,
              manager,
              null,
              List.of("--release", release, processed ? "-proc:full" : "-proc:none", "-parameters"),
              null,
              sources.stream().map(Source::new).toList());
      if (processed) {
        task.setProcessors(List.of(new FunctionProcessor()));
      }
      if (!task.call()) {
        throw new IllegalArgumentException("does not compile: " + output);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private static final String HEAD =
        "package fn; import dev.snowshed.function.*; import java.util.*; ";
    private final String text;

    Source(String text) {
      super(URI.create("mem:///fn/" + className(text) + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = HEAD + text;
    }

    private static String className(String text) {
      Matcher matcher = CLASS.matcher(text);
      if (!matcher.find()) {
        throw new IllegalArgumentException("no class in " + text);
      }
      return matcher.group(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
