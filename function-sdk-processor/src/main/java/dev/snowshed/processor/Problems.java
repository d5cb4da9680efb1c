package dev.snowshed.processor;

import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports an author's mistakes to the compiler, and counts them. */
final class Problems {
  private final Messager messager;
  private final Places places;
  private int errors;

  Problems(ProcessingEnvironment environment) {
    this.messager = environment.getMessager();
    this.places = Places.of(environment);
  }

  /** How many errors were reported so far. */
  int errors() {
    return errors;
  }

  void error(Element at, String message) {
    errors++;
    messager.printMessage(Diagnostic.Kind.ERROR, message, at);
  }

  void error(Annotation at, String message) {
    errors++;
    if (!places.error(at, Optional.empty(), message)) {
      messager.printMessage(Diagnostic.Kind.ERROR, message, at.element(), at.mirror());
    }
  }

  void error(Annotation at, AnnotationValue value, String message) {
    errors++;
    if (!places.error(at, Optional.of(value), message)) {
      messager.printMessage(Diagnostic.Kind.ERROR, message, at.element(), at.mirror(), value);
    }
  }

  void error(String message) {
    errors++;
    messager.printMessage(Diagnostic.Kind.ERROR, message);
  }

  void warning(Element at, String message) {
    messager.printMessage(Diagnostic.Kind.WARNING, message, at);
  }
}
