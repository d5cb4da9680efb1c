package dev.snowshed.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.function.Function;
import dev.snowshed.function.spi.FunctionBinding;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The outcome of compiling sources in memory with the processor, every lint and warnings as errors.
 */
final class Compilation {
  private final boolean succeeded;
  private final List<Diagnostic<? extends JavaFileObject>> diagnostics;
  private final MemoryFiles files;

  private Compilation(
      boolean succeeded,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      MemoryFiles files) {
    this.succeeded = succeeded;
    this.diagnostics = diagnostics;
    this.files = files;
  }

  static Compilation of(String... sources) {
    return new Compiler().compile(sources);
  }

  /** Compiles sources whose binding's function must be right, and answers the only binding. */
  static FunctionBinding binding(String... sources) {
    List<FunctionBinding> bindings = of(sources).bindings();
    assertEquals(1, bindings.size(), bindings::toString);
    return bindings.get(0);
  }

  /** The body of a public class {@code shop.Shop} with the SDK's package imported. */
  static String shop(String body) {
    return "package shop;\nimport dev.snowshed.function.*;\npublic class Shop {\n" + body + "\n}\n";
  }

  Compilation mustSucceed() {
    assertEquals(true, succeeded, this::messages);
    return this;
  }

  /** What the compiler said, one line each: kind, file, line, column, message. */
  String messages() {
    return diagnostics.stream().map(Compilation::line).collect(Collectors.joining("\n"));
  }

  /** What the compiler called an error, as {@code line:column message}. */
  List<String> errors() {
    return of(Diagnostic.Kind.ERROR);
  }

  List<String> warnings() {
    return of(Diagnostic.Kind.WARNING);
  }

  private List<String> of(Diagnostic.Kind kind) {
    return diagnostics.stream()
        .filter(d -> d.getKind() == kind)
        .filter(d -> !d.getMessage(Locale.ROOT).startsWith("warnings found"))
        .map(d -> d.getLineNumber() + ":" + d.getColumnNumber() + " " + d.getMessage(Locale.ROOT))
        .toList();
  }

  private static String line(Diagnostic<? extends JavaFileObject> d) {
    String file = d.getSource() == null ? "" : d.getSource().getName();
    return d.getKind()
        + " "
        + file
        + ":"
        + d.getLineNumber()
        + ":"
        + d.getColumnNumber()
        + " "
        + d.getMessage(Locale.ROOT);
  }

  /** What a generated resource says. */
  String resource(String path) {
    return files.resource(path);
  }

  boolean hasResource(String path) {
    return files.hasResource(path);
  }

  /** The source of a generated class. */
  String source(String className) {
    return files.generatedSource(className);
  }

  /** The classes and resources that came out, by path. */
  Map<String, byte[]> output() {
    return files.output();
  }

  ClassLoader loader() {
    mustSucceed();
    return files.loader();
  }

  /** The bindings in the service file, loaded as a host does, in order of their class names. */
  List<FunctionBinding> bindings() {
    return StreamSupport.stream(
            java.util.ServiceLoader.load(FunctionBinding.class, loader()).spliterator(), false)
        .toList();
  }

  /** Settings of a compilation. */
  static final class Compiler {
    private final Map<String, byte[]> former = new TreeMap<>();
    private final List<Processor> others = new ArrayList<>();
    private final List<String> options =
        new ArrayList<>(
            List.of("--release", "17", "-Xlint:all,-options", "-Werror", "-parameters"));

    /** Starts with what an earlier compilation put out. */
    Compiler after(Compilation former) {
      this.former.putAll(former.mustSucceed().output());
      return this;
    }

    Compiler without(String className) {
      former.remove(className.replace('.', '/') + ".class");
      return this;
    }

    Compiler beside(Processor processor) {
      others.add(processor);
      return this;
    }

    /** Lets warnings be. */
    Compiler tolerant() {
      options.remove("-Werror");
      return this;
    }

    Compilation compile(String... sources) {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("-classpath", sdk()));
      MemoryFiles files =
          new MemoryFiles(compiler.getStandardFileManager(collector, Locale.ROOT, null), former);
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              files,
              collector,
              all,
              null,
              Arrays.stream(sources).map(MemoryFiles::source).toList());
      List<Processor> processors = new ArrayList<>(others);
      processors.add(new FunctionProcessor());
      task.setProcessors(processors);
      boolean succeeded = task.call();
      return new Compilation(succeeded, collector.getDiagnostics(), files);
    }
  }

  static String sdk() {
    try {
      return Path.of(Function.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
