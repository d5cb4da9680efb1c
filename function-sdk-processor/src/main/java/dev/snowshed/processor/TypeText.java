package dev.snowshed.processor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;

/** Writes types as Java source, with qualified names and without annotations. */
final class TypeText {
  private static final String TYPES = dev.snowshed.function.spi.Types.class.getCanonicalName();

  private final Types types;

  TypeText(Types types) {
    this.types = types;
  }

  /** The type as it stands in a cast; type arguments of raw types become wildcards. */
  String cast(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return cast(array.getComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard(wildcard);
    }
    if (type instanceof DeclaredType declared) {
      return declared(declared);
    }
    if (type instanceof TypeVariable variable) {
      return variable.asElement().getSimpleName().toString();
    }
    return type.getKind().name().toLowerCase(Locale.ROOT);
  }

  private String wildcard(WildcardType wildcard) {
    if (wildcard.getExtendsBound() != null) {
      return "? extends " + cast(wildcard.getExtendsBound());
    }
    return wildcard.getSuperBound() != null ? "? super " + cast(wildcard.getSuperBound()) : "?";
  }

  private String declared(DeclaredType declared) {
    TypeElement element = (TypeElement) declared.asElement();
    String name =
        declared.getEnclosingType() instanceof DeclaredType outer
            ? cast(outer) + "." + element.getSimpleName()
            : element.getQualifiedName().toString();
    if (element.getTypeParameters().isEmpty()) {
      return name;
    }
    List<? extends TypeMirror> arguments = declared.getTypeArguments();
    Stream<String> texts =
        arguments.isEmpty()
            ? element.getTypeParameters().stream().map(unused -> "?")
            : arguments.stream().map(this::cast);
    return name + texts.collect(Collectors.joining(", ", "<", ">"));
  }

  /** Whether a cast to the type is unchecked. */
  boolean isUnchecked(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isUnchecked(array.getComponentType());
    }
    return type instanceof DeclaredType declared
        && declared.getTypeArguments().stream().anyMatch(argument -> !isUnbounded(argument));
  }

  private static boolean isUnbounded(TypeMirror type) {
    return type instanceof WildcardType wildcard
        && wildcard.getExtendsBound() == null
        && wildcard.getSuperBound() == null;
  }

  /** An expression of type {@link java.lang.reflect.Type}, made of class literals. */
  String expression(TypeMirror type) {
    if (!isParameterized(type)) {
      return literal(type);
    }
    if (type instanceof ArrayType array) {
      return TYPES + ".arrayOf(" + expression(array.getComponentType()) + ")";
    }
    DeclaredType declared = (DeclaredType) type;
    List<? extends TypeParameterElement> parameters =
        ((TypeElement) declared.asElement()).getTypeParameters();
    StringBuilder text = new StringBuilder(TYPES + ".parameterized(" + literal(type));
    for (int i = 0; i < parameters.size(); i++) {
      TypeMirror argument = declared.getTypeArguments().get(i);
      text.append(", ").append(expression(upperBound(argument, parameters.get(i).asType())));
    }
    return text.append(')').toString();
  }

  private TypeMirror upperBound(TypeMirror argument, TypeMirror parameter) {
    if (!(argument instanceof WildcardType wildcard)) {
      return argument;
    }
    TypeMirror bound = wildcard.getExtendsBound();
    return bound != null ? bound : types.erasure(parameter);
  }

  private static boolean isParameterized(TypeMirror type) {
    return type instanceof ArrayType array
        ? isParameterized(array.getComponentType())
        : type instanceof DeclaredType declared && !declared.getTypeArguments().isEmpty();
  }

  private String literal(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return literal(array.getComponentType()).replaceFirst("\\.class$", "[].class");
    }
    if (type.getKind() == TypeKind.DECLARED) {
      TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
      return element.getQualifiedName() + ".class";
    }
    return cast(type) + ".class";
  }
}
