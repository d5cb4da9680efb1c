package dev.snowshed.function;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK has no dependency but the JDK, and needs no more than Java 17. */
class DependenciesTest {
  private static final int JAVA_17 = 61;
  private static final String CONSUMER =
      """
      package consumer;

      import dev.snowshed.function.Configuration;
      import dev.snowshed.function.Context;
      import dev.snowshed.function.Function;
      import dev.snowshed.function.OnStart;
      import dev.snowshed.function.Request;
      import dev.snowshed.function.Response;
      import dev.snowshed.function.spi.FunctionBinding;
      import dev.snowshed.function.spi.FunctionDescriptor;
      import dev.snowshed.function.spi.Payload;
      import dev.snowshed.function.spi.Types;
      import java.util.List;

      public final class Total {
        @OnStart public void open(Configuration settings) {}

        @Function(name = "total", timeout = "1s")
        public int total(List<Integer> numbers, Context context) {
          return numbers.stream().mapToInt(Integer::intValue).sum();
        }

        @Function(name = "echo")
        public Response echo(Request request) {
          return Response.ok().stream(out -> request.body().transferTo(out));
        }

        public static final class Binding implements FunctionBinding {
          @Override public int apiLevel() { return API_LEVEL; }
          @Override public FunctionDescriptor descriptor() {
            return FunctionDescriptor.named("total")
                .input(new Payload(Payload.Kind.JSON, Types.parameterized(List.class, Integer.class)))
                .output(new Payload(Payload.Kind.JSON, int.class))
                .build();
          }
          @Override public Class<?> handlerType() { return Total.class; }
          @Override public Object create() { return new Total(); }
          @Override public void start(Object instance, Configuration settings) {
            ((Total) instance).open(settings);
          }
          @Override @SuppressWarnings("unchecked")
          public Object invoke(Object instance, Object input, Context context) {
            return ((Total) instance).total((List<Integer>) input, context);
          }
          @Override public void stop(Object instance) {}
        }

        public static String run() {
          FunctionBinding binding = new Binding();
          return binding.descriptor().name()
              + " " + binding.descriptor().input().type()
              + " " + new Total().total(List.of(1, 2, 3), null);
        }
      }
      """;

  private static Path classesOfTheSdk() {
    try {
      return Path.of(Function.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JavaClasses sdk() {
    return new ClassFileImporter().importPath(classesOfTheSdk());
  }

  @Test
  void usesTheJdkOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.net.ssl",
            "javax.sql",
            "dev.snowshed.function",
            "dev.snowshed.function.spi")
        .check(sdk());
  }

  @Test
  void authorsSideDoesNotNeedTheHostsSide() {
    noClasses()
        .that()
        .resideInAPackage("dev.snowshed.function")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.snowshed.function.spi")
        .check(sdk());
  }

  @Test
  void isCompiledForJava17() throws IOException {
    List<Path> classFiles;
    try (Stream<Path> files = Files.walk(classesOfTheSdk())) {
      classFiles = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    assertFalse(classFiles.isEmpty());
    for (Path file : classFiles) {
      int version = ByteBuffer.wrap(Files.readAllBytes(file)).getShort(6);
      assertEquals(JAVA_17, version, file::toString);
    }
  }

  @Test
  void isEnoughToCompileAndRunAFunction(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Total.java"), CONSUMER);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(source, classes);
    URL[] path = {classes.toUri().toURL(), classesOfTheSdk().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> total = loader.loadClass("consumer.Total");
      assertEquals(
          "total java.util.List<java.lang.Integer> 6", total.getMethod("run").invoke(null));
    }
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      boolean succeeded =
          compiler
              .getTask(
                  null,
                  files,
                  diagnostics,
                  List.of(
                      "--release",
                      "17",
                      "-proc:none",
                      "-Xlint:all,-options",
                      "-Werror",
                      "-classpath",
                      classesOfTheSdk().toString(),
                      "-d",
                      classes.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertEquals(true, succeeded, () -> diagnostics.getDiagnostics().toString());
    }
  }
}
