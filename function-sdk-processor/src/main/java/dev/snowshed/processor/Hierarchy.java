package dev.snowshed.processor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Answers questions about supertypes. */
final class Hierarchy {
  private final Elements elements;
  private final Types types;

  Hierarchy(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** Whether a type is the given class or interface, whatever its type arguments. */
  static boolean is(TypeMirror type, Class<?> expected) {
    return name(type).equals(expected.getCanonicalName());
  }

  /** The qualified name of a class or interface type; empty for any other. */
  static String name(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
        : "";
  }

  /** The type seen as the given class, with that class's type arguments. */
  Optional<DeclaredType> supertype(TypeMirror type, Class<?> expected) {
    if (!(type instanceof DeclaredType declared)) {
      return Optional.empty();
    }
    if (is(type, expected)) {
      return Optional.of(declared);
    }
    return types.directSupertypes(type).stream()
        .flatMap(supertype -> supertype(supertype, expected).stream())
        .findFirst();
  }

  /** A type and its supertypes, supertypes first. */
  List<TypeElement> lineage(TypeElement type) {
    Set<TypeElement> lineage = new LinkedHashSet<>();
    collect(type, lineage);
    return new ArrayList<>(lineage);
  }

  private void collect(TypeElement type, Set<TypeElement> lineage) {
    for (TypeMirror supertype : types.directSupertypes(type.asType())) {
      if (types.asElement(supertype) instanceof TypeElement element) {
        collect(element, lineage);
      }
    }
    lineage.add(type);
  }

  /** Whether another method of the lineage takes a method's place in a class. */
  boolean isOverridden(ExecutableElement method, TypeElement in, List<TypeElement> lineage) {
    return lineage.stream()
        .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
        .anyMatch(other -> elements.overrides(other, method, in));
  }
}
