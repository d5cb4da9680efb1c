package dev.snowshed.processor;

import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Checks that a binding can call a method. */
final class MethodChecks {
  private final Types types;
  private final TypeMirror exception;
  private final TypeMirror error;

  MethodChecks(Elements elements, Types types) {
    this.types = types;
    this.exception = elements.getTypeElement("java.lang.Exception").asType();
    this.error = elements.getTypeElement("java.lang.Error").asType();
  }

  /** What is wrong with a method, to follow its name, and how to mend it; empty if nothing is. */
  Optional<String> problem(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.ABSTRACT)) {
      return Optional.of(" is abstract: give it a body");
    }
    if (modifiers.contains(Modifier.STATIC)) {
      return Optional.of(" is static: make it an instance method");
    }
    if (!modifiers.contains(Modifier.PUBLIC)) {
      return Optional.of(" is " + visibility(modifiers) + ": make it public");
    }
    if (!method.getTypeParameters().isEmpty()) {
      return Optional.of(
          " has type parameters, but nobody can choose them: write the types themselves");
    }
    return thrownProblem(method);
  }

  /** What is wrong with the exceptions of a method or constructor; empty if nothing is. */
  Optional<String> thrownProblem(ExecutableElement method) {
    return method.getThrownTypes().stream()
        .filter(type -> !types.isSubtype(type, exception) && !types.isSubtype(type, error))
        .findFirst()
        .map(type -> " throws " + type + ": declare Exception or something narrower");
  }

  private static String visibility(Set<Modifier> modifiers) {
    if (modifiers.contains(Modifier.PRIVATE)) {
      return "private";
    }
    return modifiers.contains(Modifier.PROTECTED) ? "protected" : "package-private";
  }
}
