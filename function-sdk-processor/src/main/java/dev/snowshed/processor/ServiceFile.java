package dev.snowshed.processor;

import dev.snowshed.function.spi.FunctionBinding;
import java.io.IOException;
import java.io.Writer;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Writes the service file. A compilation of some of a module's sources keeps the entries of the
 * others, as far as their functions still exist. (The compiler does not run the processor at all
 * when none of the sources has a function or hook; the file then stays as it was.)
 */
final class ServiceFile {
  private static final String PATH = "META-INF/services/" + FunctionBinding.class.getName();

  private final Elements elements;
  private final Filer filer;
  private final Predicate<TypeElement> isSource;

  ServiceFile(Elements elements, Filer filer, Predicate<TypeElement> isSource) {
    this.elements = elements;
    this.filer = filer;
    this.isSource = isSource;
  }

  void write(Set<String> bindings) throws IOException {
    NavigableSet<String> former = read();
    NavigableSet<String> entries = new TreeSet<>(bindings);
    former.stream().filter(this::isAlive).forEach(entries::add);
    if (entries.equals(former)) {
      return;
    }
    try (Writer writer =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", PATH).openWriter()) {
      for (String entry : entries) {
        writer.write(entry + "\n");
      }
    }
  }

  private NavigableSet<String> read() {
    try {
      return filer
          .getResource(StandardLocation.CLASS_OUTPUT, "", PATH)
          .getCharContent(true)
          .toString()
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      return new TreeSet<>();
    }
  }

  /** Whether a binding that was not generated now is still to be listed. */
  private boolean isAlive(String binding) {
    TypeElement type = elements.getTypeElement(binding);
    return type != null
        && (isSource.test(type)
            || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals("create"))
                .allMatch(this::makesUntouchedClass));
  }

  private boolean makesUntouchedClass(ExecutableElement create) {
    TypeMirror made = create.getReturnType();
    return made instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && elements.getTypeElement(element.getQualifiedName()) != null
        && !isSource.test(element);
  }
}
