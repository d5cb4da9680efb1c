package dev.snowshed.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Finds out whether generated code would mention something deprecated. */
final class Deprecation {
  private final Elements elements;

  Deprecation(Elements elements) {
    this.elements = elements;
  }

  /** Whether a class, one that encloses it, or its constructor is deprecated. */
  boolean isDeprecated(TypeElement type) {
    for (Element e = type; e instanceof TypeElement; e = e.getEnclosingElement()) {
      if (elements.isDeprecated(e)) {
        return true;
      }
    }
    return ClassChecks.constructor(type).filter(elements::isDeprecated).isPresent();
  }

  boolean isDeprecated(Element member) {
    return elements.isDeprecated(member);
  }

  /** Whether a type, or one inside of it, is deprecated. */
  boolean mentionsDeprecated(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return mentionsDeprecated(array.getComponentType());
    }
    return type instanceof DeclaredType declared
        && (isDeprecated((TypeElement) declared.asElement())
            || declared.getTypeArguments().stream().anyMatch(this::mentionsDeprecated));
  }
}
