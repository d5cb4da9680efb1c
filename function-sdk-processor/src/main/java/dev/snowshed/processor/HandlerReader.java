package dev.snowshed.processor;

import dev.snowshed.function.DependsOn;
import dev.snowshed.function.Function;
import dev.snowshed.function.OnStart;
import dev.snowshed.function.OnStop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the functions of one class, and reports what is wrong with them. */
final class HandlerReader {
  private final Elements elements;
  private final Problems problems;
  private final Hierarchy hierarchy;
  private final ClassChecks classes;
  private final SettingsReader settings;
  private final DependencyReader dependencies;
  private final CallReader calls;
  private final Deprecation deprecation;
  private final HookReader hooks;

  HandlerReader(Elements elements, Types types, Problems problems) {
    this.elements = elements;
    this.problems = problems;
    this.hierarchy = new Hierarchy(elements, types);
    MethodChecks methods = new MethodChecks(elements, types);
    PayloadReader payloads = new PayloadReader(elements, hierarchy, new TypeText(types), problems);
    this.deprecation = new Deprecation(elements);
    this.classes = new ClassChecks(methods);
    this.settings = new SettingsReader(problems);
    this.dependencies = new DependencyReader(problems);
    this.calls = new CallReader(types, hierarchy, methods, payloads, deprecation, problems);
    this.hooks = new HookReader(elements, hierarchy, methods, problems);
  }

  /**
   * The functions of a class, in the order of their declaration.
   *
   * @param handler the class
   * @return the functions that are right
   */
  List<FunctionModel> read(TypeElement handler) {
    List<Annotation> functions = functions(handler);
    hooks.check(handler);
    rejectStrays(handler);
    if (functions.isEmpty()) {
      warnOfIdleHooks(handler);
      return List.of();
    }
    if (!isUsable(handler)) {
      return List.of();
    }
    Hooks found = hooks.read(handler);
    Set<String> ambiguous = ambiguousMethods(functions);
    List<FunctionModel> models = new ArrayList<>();
    for (Annotation function : functions) {
      int before = problems.errors();
      Optional<FunctionModel> model = function(handler, function, ambiguous, found);
      if (problems.errors() == before) {
        model.ifPresent(models::add);
      }
    }
    return models;
  }

  /** The types that the functions and hooks of a class mention. */
  List<TypeMirror> mentionedTypes(TypeElement handler) {
    List<TypeMirror> mentioned = new ArrayList<>();
    hierarchy.lineage(handler).stream()
        .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
        .filter(
            method ->
                Stream.of(Function.class, OnStart.class, OnStop.class)
                    .anyMatch(annotation -> Annotation.isPresent(method, annotation, elements)))
        .forEach(
            method -> {
              mentioned.add(method.getReturnType());
              method.getParameters().forEach(parameter -> mentioned.add(parameter.asType()));
              mentioned.addAll(method.getThrownTypes());
            });
    hierarchy.lineage(handler).forEach(type -> mentioned.addAll(supertypes(type)));
    return mentioned;
  }

  private static List<TypeMirror> supertypes(TypeElement type) {
    List<TypeMirror> supertypes = new ArrayList<>(type.getInterfaces());
    supertypes.add(type.getSuperclass());
    return supertypes;
  }

  /** The annotations of a class's functions, its own first. */
  List<Annotation> functions(TypeElement handler) {
    return withMethods(handler)
        .flatMap(element -> Annotation.find(element, Function.class, elements).stream())
        .toList();
  }

  /** The declared dependencies of a class's functions. */
  List<Annotation> dependencies(TypeElement handler) {
    return withMethods(handler).flatMap(element -> dependencies(element).stream()).toList();
  }

  private List<Annotation> dependencies(Element element) {
    return Annotation.all(element, DependsOn.class, DependsOn.Several.class, elements);
  }

  private static Stream<Element> withMethods(TypeElement handler) {
    return Stream.concat(
        Stream.of(handler), ElementFilter.methodsIn(handler.getEnclosedElements()).stream());
  }

  private void rejectStrays(TypeElement handler) {
    dependencies(handler).stream()
        .filter(each -> !Annotation.isPresent(each.element(), Function.class, elements))
        .forEach(
            each ->
                problems.error(
                    each,
                    "@DependsOn stands where no @Function is: move it to the function that has the"
                        + " dependency"));
  }

  private void warnOfIdleHooks(TypeElement type) {
    if (type.getKind() == ElementKind.INTERFACE
        || type.getModifiers().contains(Modifier.ABSTRACT)) {
      return;
    }
    ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(
            method ->
                Annotation.isPresent(method, OnStart.class, elements)
                    || Annotation.isPresent(method, OnStop.class, elements))
        .forEach(
            method ->
                problems.warning(
                    method,
                    "hook "
                        + method.getSimpleName()
                        + " is never called: "
                        + type.getSimpleName()
                        + " declares no function; add a @Function, or remove the hook"));
  }

  private boolean isUsable(TypeElement handler) {
    Optional<String> problem = classes.problem(handler);
    problem.ifPresent(
        text ->
            problems.error(
                handler, handler.getSimpleName() + " cannot be a function's class: " + text));
    return problem.isEmpty();
  }

  private Optional<FunctionModel> function(
      TypeElement handler, Annotation function, Set<String> ambiguous, Hooks hooks) {
    Settings read = settings.read(function);
    List<DependencySettings> depends = dependencies.read(dependencies(function.element()));
    Optional<Call> call =
        function.element() instanceof ExecutableElement method
            ? calls.method(method)
            : calls.handler(handler, function);
    return call.map(
        found ->
            new FunctionModel(
                handler,
                elements.getPackageOf(handler).getQualifiedName().toString(),
                bindingName(handler, found.method(), read.name(), ambiguous),
                function,
                read,
                depends,
                found,
                hooks,
                found.deprecated() || deprecation.isDeprecated(handler) || hooks.deprecated()));
  }

  private static String methodName(Annotation function) {
    return function.element() instanceof ExecutableElement method
        ? method.getSimpleName().toString()
        : CallReader.HANDLE;
  }

  private static Set<String> ambiguousMethods(List<Annotation> functions) {
    Set<String> seen = new HashSet<>();
    return functions.stream()
        .map(HandlerReader::methodName)
        .filter(name -> !seen.add(name))
        .collect(Collectors.toSet());
  }

  private static String bindingName(
      TypeElement handler, String method, String function, Set<String> ambiguous) {
    String name = handler.getSimpleName() + "_" + method;
    for (Element e = handler.getEnclosingElement();
        e instanceof TypeElement;
        e = e.getEnclosingElement()) {
      name = e.getSimpleName() + "_" + name;
    }
    return ambiguous.contains(method)
        ? name + "_" + function.replace('-', '_') + "_Binding"
        : name + "_Binding";
  }
}
