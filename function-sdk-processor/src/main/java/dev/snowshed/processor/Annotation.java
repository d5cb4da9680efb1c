package dev.snowshed.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.AnnotationValueVisitor;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/**
 * An annotation where it stands, with the values of its members, defaults included.
 *
 * @param element what is annotated
 * @param mirror the annotation
 * @param values its values by member name
 */
record Annotation(Element element, AnnotationMirror mirror, Map<String, AnnotationValue> values) {

  private static final AnnotationValueVisitor<List<? extends AnnotationValue>, Void> ITEMS =
      new SimpleAnnotationValueVisitor14<>(List.of()) {
        @Override
        public List<? extends AnnotationValue> visitArray(
            List<? extends AnnotationValue> items, Void unused) {
          return items;
        }
      };

  /** What javac shows as the value of a member that it could not resolve. */
  static final String UNRESOLVED = "<error>";

  static Optional<Annotation> find(Element element, Class<?> type, Elements elements) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement annotationType = (TypeElement) mirror.getAnnotationType().asElement();
      if (annotationType.getQualifiedName().contentEquals(type.getCanonicalName())) {
        Map<String, AnnotationValue> values = new HashMap<>();
        elements
            .getElementValuesWithDefaults(mirror)
            .forEach((member, value) -> values.put(member.getSimpleName().toString(), value));
        return Optional.of(new Annotation(element, mirror, Map.copyOf(values)));
      }
    }
    return Optional.empty();
  }

  static boolean isPresent(Element element, Class<?> type, Elements elements) {
    return find(element, type, elements).isPresent();
  }

  /** Whether every member has a value that the compiler could resolve. */
  boolean isResolved() {
    return values.containsKey("name")
        && values.values().stream()
            .noneMatch(
                value ->
                    UNRESOLVED.equals(value.getValue())
                        || value.accept(ITEMS, null).stream()
                            .anyMatch(item -> UNRESOLVED.equals(item.getValue())));
  }

  AnnotationValue value(String member) {
    AnnotationValue value = values.get(member);
    if (value == null) {
      throw new IllegalArgumentException("no member " + member + " in " + mirror);
    }
    return value;
  }

  String text(String member) {
    return value(member).getValue().toString();
  }

  String constant(String member) {
    return ((VariableElement) value(member).getValue()).getSimpleName().toString();
  }

  List<? extends AnnotationValue> items(String member) {
    return value(member).accept(ITEMS, null);
  }
}
