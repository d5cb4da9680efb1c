package dev.snowshed.processor;

import java.util.ArrayList;
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
 * @param index if it is repeated, how many of its type stand before it; else -1
 */
record Annotation(
    Element element, AnnotationMirror mirror, Map<String, AnnotationValue> values, int index) {

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
        return Optional.of(of(element, mirror, elements, -1));
      }
    }
    return Optional.empty();
  }

  /** Those of a repeatable type, each where it stands. */
  static List<Annotation> all(
      Element element, Class<?> type, Class<?> container, Elements elements) {
    List<Annotation> found = new ArrayList<>();
    find(element, type, elements).ifPresent(found::add);
    find(element, container, elements)
        .ifPresent(
            several -> {
              for (AnnotationValue item : several.items("value")) {
                AnnotationMirror mirror = (AnnotationMirror) item.getValue();
                found.add(of(element, mirror, elements, found.size()));
              }
            });
    return found;
  }

  private static Annotation of(
      Element element, AnnotationMirror mirror, Elements elements, int index) {
    Map<String, AnnotationValue> values = new HashMap<>();
    elements
        .getElementValuesWithDefaults(mirror)
        .forEach((member, value) -> values.put(member.getSimpleName().toString(), value));
    return new Annotation(element, mirror, Map.copyOf(values), index);
  }

  static boolean isPresent(Element element, Class<?> type, Elements elements) {
    return find(element, type, elements).isPresent();
  }

  /**
   * Whether every member, the given one among them, has a value that the compiler could resolve.
   */
  boolean isResolved(String required) {
    return values.containsKey(required)
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
