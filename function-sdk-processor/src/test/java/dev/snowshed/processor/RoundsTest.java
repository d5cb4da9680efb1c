package dev.snowshed.processor;

import static dev.snowshed.processor.Compilation.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.spi.FunctionBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

/** Types that other processors generate, and compilations of a part of the sources. */
class RoundsTest {
  private static final String SERVICE =
      "META-INF/services/dev.snowshed.function.spi.FunctionBinding";

  private static List<String> services(Compilation compilation) {
    return compilation.mustSucceed().resource(SERVICE).lines().toList();
  }

  private static String function(String className, String name) {
    return "package shop;\nimport dev.snowshed.function.*;\npublic class "
        + className
        + " { @Function(name = \""
        + name
        + "\") public void run() {} }";
  }

  @Test
  void waitsForTypesThatOthersGenerate() {
    Compilation compilation =
        new Compilation.Compiler()
            .beside(
                new Generator(
                    "shop.Unrelated", "package shop; class Unrelated {}",
                    "shop.Order", "package shop; public record Order(Line line) {}",
                    "shop.Line", "package shop; public record Line(int n) {}"))
            .compile(
                shop("@Function(name = \"a\") public String a(Order o) { return \"\"; }"),
                function("Ready", "ready"));
    List<FunctionBinding> bindings = compilation.bindings();
    assertEquals(
        List.of("ready", "a"),
        bindings.stream().map(binding -> binding.descriptor().name()).toList());
    String metadata = compilation.resource(NativeMetadata.path("shop.Shop_a_Binding"));
    assertTrue(metadata.contains("\"shop.Order\""), metadata);
    assertTrue(metadata.contains("\"shop.Line\""), metadata);
  }

  @Test
  void waitsForConstantsThatOthersGenerate() {
    FunctionBinding binding =
        new Compilation.Compiler()
            .beside(
                new Generator(
                    "shop.Names",
                    "package shop; public final class Names { public static final String A = \"x\"; }"))
            .compile(shop("@Function(name = Names.A) public void a() {}"))
            .bindings()
            .get(0);
    assertEquals("x", binding.descriptor().name());
  }

  @Test
  void findsFunctionsThatOthersGenerate() {
    assertEquals(
        List.of("shop.Late_run_Binding", "shop.Shop_a_Binding"),
        services(
            new Compilation.Compiler()
                .beside(new Generator("shop.Late", function("Late", "late")))
                .compile(shop("@Function(name = \"a\") public void a() {}"))));
  }

  @Test
  void namesTheTypeThatNeverAppears() {
    Compilation compilation =
        Compilation.of(shop("@Function(name = \"a\") public void a(Missing m) {}"));
    assertTrue(
        compilation
            .errors()
            .contains(
                "3:8 the functions and hooks of this class need types that do not exist: Missing;"
                    + " add the import or the library that is missing"),
        compilation::messages);
  }

  @Test
  void writesNoServiceFileWithoutFunctions() {
    assertEquals(
        false,
        Compilation.of("package shop;\npublic class None {}").mustSucceed().hasResource(SERVICE));
  }

  @Test
  void keepsTheFunctionsThatWereNotCompiledAgain() {
    Compilation full = Compilation.of(function("A", "a"), function("B", "b"));
    Compilation part =
        new Compilation.Compiler().tolerant().after(full).compile(function("B", "b2"));
    assertEquals(List.of("shop.A_run_Binding", "shop.B_run_Binding"), services(part));
  }

  @Test
  void dropsTheFunctionsThatWereRemoved() {
    Compilation full = Compilation.of(function("A", "a"), function("B", "b"), function("C", "c"));
    Compilation part =
        new Compilation.Compiler()
            .after(full)
            .without("shop.A")
            .compile("package shop;\npublic class B { public void run() {} }", function("D", "d"));
    assertEquals(List.of("shop.C_run_Binding", "shop.D_run_Binding"), services(part));
  }

  /** Generates one source a round. */
  private static final class Generator extends AbstractProcessor {
    private final Deque<String> namesAndSources;

    Generator(String... namesAndSources) {
      this.namesAndSources = new ArrayDeque<>(List.of(namesAndSources));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!namesAndSources.isEmpty()) {
        try (Writer writer =
            processingEnv.getFiler().createSourceFile(namesAndSources.pop()).openWriter()) {
          writer.write(namesAndSources.pop());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
