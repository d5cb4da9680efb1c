package dev.snowshed.processor;

import dev.snowshed.function.Configuration;
import dev.snowshed.function.Function;
import dev.snowshed.function.OnStart;
import dev.snowshed.function.OnStop;
import dev.snowshed.processor.Hooks.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Finds the hooks of a class and of what it inherits. Start hooks of superclasses come first and
 * those of one class in the order of their declaration; stop hooks come the other way round. An
 * overridden hook is called as its overriding method says: not at all, unless that is annotated.
 */
final class HookReader {
  private final Elements elements;
  private final Hierarchy hierarchy;
  private final MethodChecks checks;
  private final Problems problems;

  HookReader(Elements elements, Hierarchy hierarchy, MethodChecks checks, Problems problems) {
    this.elements = elements;
    this.hierarchy = hierarchy;
    this.checks = checks;
    this.problems = problems;
  }

  Hooks read(TypeElement handler) {
    List<Hook> start = hooks(handler, OnStart.class);
    List<Hook> stop = hooks(handler, OnStop.class);
    Collections.reverse(stop);
    return new Hooks(List.copyOf(start), List.copyOf(stop));
  }

  private List<Hook> hooks(TypeElement handler, Class<?> annotation) {
    List<Hook> hooks = new ArrayList<>();
    List<TypeElement> lineage = hierarchy.lineage(handler);
    for (TypeElement type : lineage) {
      for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
        if (Annotation.isPresent(method, annotation, elements)
            && !hierarchy.isOverridden(method, handler, lineage)) {
          hooks.add(
              new Hook(
                  method.getSimpleName().toString(),
                  !method.getParameters().isEmpty(),
                  elements.isDeprecated(method) || elements.isDeprecated(type)));
        }
      }
    }
    return hooks;
  }

  /** Checks the hooks that a class declares itself. */
  void check(TypeElement type) {
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (Annotation.isPresent(method, OnStart.class, elements)) {
        check(method, "@OnStart", 1, "takes nothing or a dev.snowshed.function.Configuration");
      }
      if (Annotation.isPresent(method, OnStop.class, elements)) {
        check(method, "@OnStop", 0, "takes nothing");
      }
    }
  }

  private void check(ExecutableElement method, String annotation, int parameters, String takes) {
    if (Annotation.isPresent(method, Function.class, elements)) {
      problems.error(method, "a method cannot be a function and a hook: remove one annotation");
      return;
    }
    Optional<String> problem = checks.problem(method);
    if (problem.isPresent()) {
      problems.error(method, annotation + " method " + method.getSimpleName() + problem.get());
      return;
    }
    if (method.getReturnType().getKind() != TypeKind.VOID) {
      problems.error(
          method,
          annotation + " method " + method.getSimpleName() + " returns a value: declare it void");
    }
    List<? extends VariableElement> found = method.getParameters();
    if (found.size() > parameters || !found.stream().allMatch(HookReader::isConfiguration)) {
      problems.error(
          method,
          annotation
              + " method "
              + method.getSimpleName()
              + " has parameters that it cannot be given: a hook of this kind "
              + takes);
    }
  }

  private static boolean isConfiguration(VariableElement parameter) {
    return Hierarchy.is(parameter.asType(), Configuration.class);
  }
}
