package dev.snowshed.processor;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/**
 * Collects the types that JSON binding looks into at run time, starting from inputs and outputs:
 * through fields, record components, getters, setters, constructor parameters, superclasses and
 * interfaces, permitted subclasses, type arguments, array components, and the classes that
 * annotations name, such as those of {@code @JsonSubTypes}. Types of the JDK and of the SDK are
 * left out.
 */
final class JsonTypes {
  private static final Set<String> SHARED_PACKAGES =
      Set.of("dev.snowshed.function", "dev.snowshed.function.spi", "io.cloudevents");
  private static final List<String> JACKSON = List.of("com.fasterxml.jackson.", "tools.jackson.");

  private final Elements elements;
  private final Predicate<TypeElement> isSource;
  private final NavigableSet<String> classes = new TreeSet<>();
  private final NavigableSet<String> arrays = new TreeSet<>();
  private final NavigableSet<String> unresolved = new TreeSet<>();

  /**
   * A collector.
   *
   * @param elements the compiler's elements
   * @param isSource whether a type is being compiled; a type that only a class file mentions may be
   *     missing
   */
  JsonTypes(Elements elements, Predicate<TypeElement> isSource) {
    this.elements = elements;
    this.isSource = isSource;
  }

  /** Binary names of the classes found. */
  NavigableSet<String> classes() {
    return classes;
  }

  /** Names of the arrays of such classes found, such as {@code shop.Order[]}. */
  NavigableSet<String> arrays() {
    return arrays;
  }

  /** Names that sources mention and that do not exist, or not yet. */
  NavigableSet<String> unresolved() {
    return unresolved;
  }

  void add(TypeMirror type) {
    visit(type, true);
  }

  private void visit(TypeMirror type, boolean fromSource) {
    if (type.getKind() == TypeKind.ERROR) {
      if (fromSource) {
        unresolved.add(type.toString());
      }
    } else if (type instanceof ArrayType array) {
      visit(array.getComponentType(), fromSource);
      addArray(array);
    } else if (type instanceof DeclaredType declared) {
      declared.getTypeArguments().forEach(argument -> visit(argument, fromSource));
      visitClass((TypeElement) declared.asElement());
    } else if (type instanceof WildcardType wildcard) {
      if (wildcard.getExtendsBound() != null) {
        visit(wildcard.getExtendsBound(), fromSource);
      }
    } else if (type instanceof TypeVariable variable) {
      visitBounds(variable.getUpperBound());
    }
  }

  /** Bounds can be recursive; the classes in them cannot, as each is visited once. */
  private void visitBounds(TypeMirror bound) {
    if (bound instanceof IntersectionType intersection) {
      intersection.getBounds().forEach(this::visitBounds);
    } else if (bound instanceof DeclaredType declared) {
      visitClass((TypeElement) declared.asElement());
    }
  }

  private void addArray(ArrayType array) {
    StringBuilder brackets = new StringBuilder("[]");
    TypeMirror component = array.getComponentType();
    while (component instanceof ArrayType inner) {
      brackets.append("[]");
      component = inner.getComponentType();
    }
    if (component.getKind() == TypeKind.DECLARED
        && ((DeclaredType) component).asElement() instanceof TypeElement element
        && !isShared(element)) {
      arrays.add(elements.getBinaryName(element) + brackets.toString());
    }
  }

  private void visitClass(TypeElement element) {
    if (isShared(element) || !classes.add(elements.getBinaryName(element).toString())) {
      return;
    }
    boolean source = isSource.test(element);
    visit(element.getSuperclass(), source);
    element.getInterfaces().forEach(type -> visit(type, source));
    element.getPermittedSubclasses().forEach(type -> visit(type, source));
    visitAnnotations(element, source);
    element.getRecordComponents().forEach(component -> visitAnnotations(component, source));
    element.getEnclosedElements().forEach(member -> visitMember(member, source));
  }

  private void visitMember(Element member, boolean source) {
    if (member.getKind() == ElementKind.FIELD || member.getKind() == ElementKind.ENUM_CONSTANT) {
      visitAnnotations(member, source);
      if (!member.getModifiers().contains(Modifier.STATIC)) {
        visit(member.asType(), source);
      }
    } else if (member instanceof ExecutableElement method) {
      visitAnnotations(method, source);
      if (isProperty(method)) {
        visit(method.getReturnType(), source);
        method.getParameters().forEach(parameter -> visit(parameter.asType(), source));
      }
    }
  }

  private static boolean isProperty(ExecutableElement method) {
    if (method.getKind() == ElementKind.CONSTRUCTOR || isAnnotatedForJson(method)) {
      return true;
    }
    String name = method.getSimpleName().toString().toLowerCase(Locale.ROOT);
    boolean getter =
        method.getParameters().isEmpty() && (name.startsWith("get") || name.startsWith("is"));
    boolean setter = method.getParameters().size() == 1 && name.startsWith("set");
    return (getter || setter) && !method.getModifiers().contains(Modifier.STATIC);
  }

  private static boolean isAnnotatedForJson(Element element) {
    return element.getAnnotationMirrors().stream()
        .map(mirror -> mirror.getAnnotationType().toString())
        .anyMatch(name -> JACKSON.stream().anyMatch(name::startsWith));
  }

  private void visitAnnotations(Element element, boolean source) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      visitValues(mirror, source);
    }
    if (element instanceof ExecutableElement method) {
      method.getParameters().forEach(parameter -> visitAnnotations(parameter, source));
    }
  }

  private void visitValues(AnnotationMirror mirror, boolean source) {
    mirror
        .getElementValues()
        .forEach(
            (member, value) -> {
              if (!isText(member.getReturnType())) {
                value.accept(new ClassValues(), source);
              }
            });
  }

  private static boolean isText(TypeMirror type) {
    return type instanceof ArrayType array
        ? isText(array.getComponentType())
        : type.toString().equals("java.lang.String");
  }

  private boolean isShared(TypeElement element) {
    String packageName = elements.getPackageOf(element).getQualifiedName().toString();
    ModuleElement module = elements.getModuleOf(element);
    String moduleName = module == null ? "" : module.getQualifiedName().toString();
    return moduleName.startsWith("java.")
        || moduleName.startsWith("jdk.")
        || packageName.startsWith("java.")
        || SHARED_PACKAGES.contains(packageName);
  }

  /** Visits the classes that an annotation names. */
  private final class ClassValues extends SimpleAnnotationValueVisitor14<Void, Boolean> {
    @Override
    public Void visitType(TypeMirror type, Boolean source) {
      JsonTypes.this.visit(type, source);
      return DEFAULT_VALUE;
    }

    @Override
    public Void visitString(String text, Boolean source) {
      if (source && text.equals(Annotation.UNRESOLVED)) {
        unresolved.add("a class in an annotation");
      }
      return DEFAULT_VALUE;
    }

    @Override
    public Void visitAnnotation(AnnotationMirror mirror, Boolean source) {
      visitValues(mirror, source);
      return DEFAULT_VALUE;
    }

    @Override
    public Void visitArray(List<? extends AnnotationValue> items, Boolean source) {
      items.forEach(item -> item.accept(this, source));
      return DEFAULT_VALUE;
    }
  }
}
