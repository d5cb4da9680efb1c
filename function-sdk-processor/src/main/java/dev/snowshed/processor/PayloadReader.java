package dev.snowshed.processor;

import dev.snowshed.function.Context;
import dev.snowshed.function.Request;
import dev.snowshed.function.Response;
import dev.snowshed.function.spi.Payload.Kind;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;

/** Decides how a type travels, and reports the types that cannot. */
final class PayloadReader {
  private static final String CLOUD_EVENT = "io.cloudevents.CloudEvent";
  private static final String SDK = "dev.snowshed.function";

  private final Elements elements;
  private final Hierarchy hierarchy;
  private final Problems problems;
  private final TypeText text;

  PayloadReader(Elements elements, Hierarchy hierarchy, TypeText text, Problems problems) {
    this.elements = elements;
    this.hierarchy = hierarchy;
    this.text = text;
    this.problems = problems;
  }

  /** The payload of an input type; what is wrong is reported at the element. */
  PayloadModel input(TypeMirror type, Element at) {
    if (Hierarchy.is(type, Response.class)) {
      reject(new Use(type, at, "an input"), "a Response is only ever an output; take a Request");
      return new PayloadModel(Kind.HTTP, type);
    }
    return payload(type, at, "an input", Request.class);
  }

  /** The payload of an output type, or of what its {@link CompletionStage} gives. */
  PayloadModel output(TypeMirror type, Element at) {
    Optional<DeclaredType> stage = hierarchy.supertype(type, CompletionStage.class);
    if (stage.isPresent() && stage.get().getTypeArguments().isEmpty()) {
      reject(
          new Use(type, at, "an output"), "say what it gives, for example CompletionStage<String>");
      return new PayloadModel(Kind.JSON, type);
    }
    TypeMirror result = stage.map(s -> bound(s.getTypeArguments().get(0))).orElse(type);
    if (Hierarchy.is(result, Request.class)) {
      reject(new Use(type, at, "an output"), "a Request is only ever an input; return a Response");
      return new PayloadModel(Kind.HTTP, result);
    }
    return payload(result, at, "an output", Response.class);
  }

  private TypeMirror bound(TypeMirror argument) {
    if (!(argument instanceof WildcardType wildcard)) {
      return argument;
    }
    TypeMirror bound = wildcard.getExtendsBound();
    return bound != null ? bound : elements.getTypeElement("java.lang.Object").asType();
  }

  private PayloadModel payload(TypeMirror type, Element at, String role, Class<?> raw) {
    if (type.getKind() == TypeKind.VOID || Hierarchy.is(type, Void.class)) {
      return new PayloadModel(Kind.NONE, type);
    }
    if (Hierarchy.is(type, String.class)) {
      return new PayloadModel(Kind.TEXT, type);
    }
    if (type instanceof ArrayType array && array.getComponentType().getKind() == TypeKind.BYTE) {
      return new PayloadModel(Kind.BYTES, type);
    }
    if (Hierarchy.is(type, raw)) {
      return new PayloadModel(Kind.HTTP, type);
    }
    if (Hierarchy.name(type).equals(CLOUD_EVENT)) {
      return new PayloadModel(Kind.CLOUD_EVENT, type);
    }
    checkJson(type, false, new Use(type, at, role));
    return new PayloadModel(Kind.JSON, type);
  }

  private void checkJson(TypeMirror type, boolean nested, Use use) {
    if (type instanceof ArrayType array) {
      checkJson(array.getComponentType(), true, use);
    } else if (type instanceof WildcardType wildcard) {
      checkJson(bound(wildcard), true, use);
    } else if (type.getKind() == TypeKind.TYPEVAR) {
      reject(use, "the type variable " + text.cast(type) + " names no type; write a class");
    } else if (type instanceof DeclaredType declared) {
      Optional<String> hint = hint((TypeElement) declared.asElement(), nested);
      hint.ifPresent(advice -> reject(use, advice));
      if (hint.isEmpty()) {
        declared.getTypeArguments().forEach(argument -> checkJson(argument, true, use));
      }
    } else if (!type.getKind().isPrimitive()) {
      reject(use, "write a class, record, enum, number, collection or map");
    }
  }

  private Optional<String> hint(TypeElement element, boolean nested) {
    String packageName = elements.getPackageOf(element).getQualifiedName().toString();
    String name = element.getQualifiedName().toString();
    if (name.equals(Context.class.getName())) {
      return Optional.of("take the Context as a parameter of its own");
    }
    if (packageName.equals(SDK) && element.getKind() != ElementKind.ENUM) {
      return Optional.of("types of the SDK are not JSON; use a record of the values you need");
    }
    if (name.equals(CLOUD_EVENT) || name.equals("java.lang.Void")) {
      return Optional.of("use it alone, not inside of another type");
    }
    if (hierarchy.supertype(element.asType(), CompletionStage.class).isPresent()) {
      return Optional.of("a CompletionStage can be the whole of an output only");
    }
    if (element.getKind() == ElementKind.ANNOTATION_TYPE) {
      return Optional.of("an annotation is not JSON; use a record");
    }
    Optional<String> hidden = enclosingPrivate(element);
    if (hidden.isPresent()) {
      return hidden;
    }
    return UnsupportedTypes.hint(packageName, name, nested);
  }

  private static Optional<String> enclosingPrivate(TypeElement element) {
    for (Element e = element; e != null; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        return Optional.of(e.getSimpleName() + " is private; make it public or package-private");
      }
    }
    return Optional.empty();
  }

  private void reject(Use use, String hint) {
    problems.error(
        use.at(), text.cast(use.type()) + " cannot be " + use.role() + " of a function: " + hint);
  }

  /**
   * A type where it is used.
   *
   * @param type the whole type
   * @param at the parameter, method or class that mentions it
   * @param role what it is to be, for messages
   */
  private record Use(TypeMirror type, Element at, String role) {}
}
