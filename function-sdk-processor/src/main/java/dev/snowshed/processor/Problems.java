package dev.snowshed.processor;

import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports an author's mistakes to the compiler, and counts them. */
final class Problems {
  private final Messager messager;
  private int errors;

  Problems(Messager messager) {
    this.messager = messager;
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
    messager.printMessage(Diagnostic.Kind.ERROR, message, at.element(), at.mirror());
  }

  void error(Annotation at, AnnotationValue value, String message) {
    errors++;
    messager.printMessage(Diagnostic.Kind.ERROR, message, at.element(), at.mirror(), value);
  }

  void error(String message) {
    errors++;
    messager.printMessage(Diagnostic.Kind.ERROR, message);
  }

  void warning(Element at, String message) {
    messager.printMessage(Diagnostic.Kind.WARNING, message, at);
  }
}
