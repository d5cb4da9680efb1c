package dev.snowshed.processor;

import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Checks that a binding can instantiate a class. */
final class ClassChecks {
  private final MethodChecks checks;

  ClassChecks(MethodChecks checks) {
    this.checks = checks;
  }

  /** What is wrong with a class and how to mend it; empty if nothing is. */
  Optional<String> problem(TypeElement handler) {
    if (handler.getKind() != ElementKind.CLASS && handler.getKind() != ElementKind.RECORD) {
      return Optional.of(
          "it is an " + kind(handler) + "; move the function to a class that can be instantiated");
    }
    Set<Modifier> modifiers = handler.getModifiers();
    if (modifiers.contains(Modifier.ABSTRACT)) {
      return Optional.of("it is abstract; move the function to a class that can be instantiated");
    }
    if (handler.getNestingKind() == NestingKind.MEMBER && !modifiers.contains(Modifier.STATIC)) {
      return Optional.of("it is an inner class; make it static");
    }
    if (!handler.getTypeParameters().isEmpty()) {
      return Optional.of("it has type parameters, but nobody can choose them; remove them");
    }
    return notPublic(handler).or(() -> constructorProblem(handler));
  }

  private static String kind(TypeElement type) {
    return switch (type.getKind()) {
      case ENUM -> "enum";
      case ANNOTATION_TYPE -> "annotation";
      default -> "interface";
    };
  }

  private static Optional<String> notPublic(TypeElement handler) {
    for (Element e = handler; e instanceof TypeElement; e = e.getEnclosingElement()) {
      if (!e.getModifiers().contains(Modifier.PUBLIC)) {
        return Optional.of(
            (e.equals(handler) ? "it" : "its enclosing class " + e.getSimpleName())
                + " is not public; make it public");
      }
    }
    return Optional.empty();
  }

  private Optional<String> constructorProblem(TypeElement handler) {
    Optional<ExecutableElement> constructor = constructor(handler);
    if (constructor.isEmpty()) {
      return Optional.of(
          "it has no public constructor without parameters; add one, and read settings in an"
              + " @OnStart method");
    }
    return checks.thrownProblem(constructor.get()).map(problem -> "its constructor" + problem);
  }

  /** The public constructor without parameters. */
  static Optional<ExecutableElement> constructor(TypeElement handler) {
    return ElementFilter.constructorsIn(handler.getEnclosedElements()).stream()
        .filter(
            constructor ->
                constructor.getParameters().isEmpty()
                    && constructor.getModifiers().contains(Modifier.PUBLIC))
        .findFirst();
  }
}
