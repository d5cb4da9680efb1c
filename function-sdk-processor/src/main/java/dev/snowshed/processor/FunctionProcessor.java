package dev.snowshed.processor;

import dev.snowshed.function.DependsOn;
import dev.snowshed.function.Function;
import dev.snowshed.function.OnStart;
import dev.snowshed.function.OnStop;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.Payload;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Turns functions into bindings, as the package says. A class that mentions types which do not
 * exist yet waits for the round in which another processor has generated them.
 */
public final class FunctionProcessor extends AbstractProcessor {
  private static final String GENERATED = "javax.annotation.processing.Generated";

  /** Qualified names of classes that wait, with the names they wait for. */
  private final Map<String, NavigableSet<String>> waiting = new LinkedHashMap<>();

  /** Places of the functions, by name. */
  private final Map<String, String> functions = new HashMap<>();

  /** Qualified names of the bindings generated. */
  private final Set<String> bindings = new HashSet<>();

  /** Qualified names of the top-level classes compiled. */
  private final Set<String> sources = new HashSet<>();

  /** Made by the compiler. */
  public FunctionProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(
        Function.class.getName(),
        DependsOn.class.getName(),
        DependsOn.Several.class.getCanonicalName(),
        OnStart.class.getName(),
        OnStop.class.getName(),
        GENERATED);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Claims the annotations, those of the generated classes included: javac's {@code processing}
   * lint would warn every author that nobody did.
   */
  @Override
  @SuppressWarnings("DoNotClaimAnnotations")
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    ElementFilter.typesIn(round.getRootElements())
        .forEach(type -> sources.add(type.getQualifiedName().toString()));
    Problems problems = new Problems(processingEnv);
    try {
      if (round.processingOver()) {
        finish(round, problems);
      } else {
        processAll(round, problems);
      }
    } catch (IOException e) {
      problems.error("cannot write what is generated for functions: " + e);
    }
    return true;
  }

  private void processAll(RoundEnvironment round, Problems problems) throws IOException {
    Set<String> names = new LinkedHashSet<>(waiting.keySet());
    waiting.clear();
    for (Class<? extends java.lang.annotation.Annotation> annotation :
        List.of(
            Function.class,
            DependsOn.class,
            DependsOn.Several.class,
            OnStart.class,
            OnStop.class)) {
      round.getElementsAnnotatedWith(annotation).forEach(element -> names.add(className(element)));
    }
    Elements elements = processingEnv.getElementUtils();
    HandlerReader reader = new HandlerReader(elements, processingEnv.getTypeUtils(), problems);
    for (String name : names) {
      TypeElement handler = elements.getTypeElement(name);
      NavigableSet<String> missing = missingTypes(handler, reader);
      if (missing.isEmpty()) {
        for (FunctionModel function : reader.read(handler)) {
          generate(function, problems);
        }
      } else {
        waiting.put(name, missing);
      }
    }
  }

  private static String className(Element element) {
    TypeElement type =
        element instanceof TypeElement annotated
            ? annotated
            : (TypeElement) Objects.requireNonNull(element.getEnclosingElement());
    return type.getQualifiedName().toString();
  }

  private NavigableSet<String> missingTypes(TypeElement handler, HandlerReader reader) {
    JsonTypes types = jsonTypes();
    reader.mentionedTypes(handler).forEach(types::add);
    NavigableSet<String> missing = new TreeSet<>(types.unresolved());
    reader.functions(handler).stream()
        .filter(function -> !function.isResolved("name"))
        .forEach(function -> missing.add("a constant in " + function.mirror()));
    reader.dependencies(handler).stream()
        .filter(dependency -> !dependency.isResolved("value"))
        .forEach(dependency -> missing.add("a constant in " + dependency.mirror()));
    return missing;
  }

  private void generate(FunctionModel function, Problems problems) throws IOException {
    String place = functions.putIfAbsent(function.settings().name(), function.place());
    if (place != null) {
      problems.error(
          function.annotation(),
          function.annotation().value("name"),
          "the function name \""
              + function.settings().name()
              + "\" is taken by "
              + place
              + ": function names are unique, choose another");
      return;
    }
    if (!bindings.add(function.qualifiedBindingName())) {
      problems.error(
          function.annotation(),
          "the binding "
              + function.qualifiedBindingName()
              + " is that of another function too: rename the class or the method");
      return;
    }
    writeBinding(function);
    writeMetadata(function);
  }

  private void writeBinding(FunctionModel function) throws IOException {
    BindingWriter bindingWriter =
        new BindingWriter(
            new TypeText(processingEnv.getTypeUtils()), apiLevel(), isGeneratedVisible(function));
    try (Writer writer =
        processingEnv
            .getFiler()
            .createSourceFile(function.qualifiedBindingName(), function.handler())
            .openWriter()) {
      writer.write(bindingWriter.write(function));
    }
  }

  /** The level of the SDK on the compiler's class path, which may be older than ours. */
  private int apiLevel() {
    TypeElement binding =
        processingEnv.getElementUtils().getTypeElement(FunctionBinding.class.getName());
    return ElementFilter.fieldsIn(binding.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().contentEquals("API_LEVEL"))
        .map(VariableElement::getConstantValue)
        .map(Integer.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private boolean isGeneratedVisible(FunctionModel function) {
    Elements elements = processingEnv.getElementUtils();
    return elements.getTypeElement(elements.getModuleOf(function.handler()), GENERATED) != null;
  }

  private void writeMetadata(FunctionModel function) throws IOException {
    JsonTypes types = jsonTypes();
    for (PayloadModel payload : List.of(function.call().input(), function.call().output())) {
      if (payload.kind() == Payload.Kind.JSON) {
        types.add(payload.type());
      }
    }
    String binding = function.qualifiedBindingName();
    try (Writer writer =
        processingEnv
            .getFiler()
            .createResource(
                StandardLocation.CLASS_OUTPUT, "", NativeMetadata.path(binding), function.handler())
            .openWriter()) {
      writer.write(NativeMetadata.write(binding, types.classes(), types.arrays()));
    }
  }

  private void finish(RoundEnvironment round, Problems problems) throws IOException {
    waiting.forEach(
        (name, missing) ->
            problems.error(
                processingEnv.getElementUtils().getTypeElement(name),
                "the functions and hooks of this class need types that do not exist: "
                    + String.join(", ", missing)
                    + "; add the import or the library that is missing"));
    if (waiting.isEmpty() && !round.errorRaised()) {
      new ServiceFile(processingEnv.getElementUtils(), processingEnv.getFiler(), this::isSource)
          .write(bindings);
    }
  }

  private JsonTypes jsonTypes() {
    return new JsonTypes(processingEnv.getElementUtils(), this::isSource);
  }

  private boolean isSource(TypeElement type) {
    Element outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement enclosing) {
      outermost = enclosing;
    }
    return sources.contains(((TypeElement) outermost).getQualifiedName().toString());
  }
}
