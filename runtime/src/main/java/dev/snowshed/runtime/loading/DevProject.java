package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function author's project whose sources are compiled by the host itself: {@code src/main/java}
 * and {@code src/main/resources} become {@code target/snowshed/classes}. The launcher has left
 * there the class paths to compile with, one path a line: {@code compile-classpath}, {@code
 * runtime-classpath} and {@code processor-classpath}.
 *
 * <p>To be used by one thread at a time, but for {@link #isStale}.
 */
final class DevProject {
  private final Path sources;
  private final Path work;

  /** What the sources looked like when they were last compiled; null before that. */
  private volatile @Nullable Fingerprint compiled;

  DevProject(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    this.sources = absolute.resolve("src").resolve("main");
    this.work = absolute.resolve("target").resolve("snowshed");
  }

  /** Where the compiled classes are. */
  BundleLocation location() {
    return new BundleLocation(work.resolve("classes"), BundleLocation.Kind.CLASS_FOLDER);
  }

  /** Whether the sources have changed since they were last compiled. */
  boolean isStale() {
    Optional<Fingerprint> now = Fingerprint.of(sources);
    return now.isPresent() && !now.get().equals(compiled);
  }

  /**
   * Compiles everything anew, beside the classes of before, and puts the result in their place.
   *
   * @throws LoadException if there are errors, with their places; the classes of before are left
   */
  void compile() throws LoadException {
    compiled = Fingerprint.of(sources).orElse(null);
    try {
      Path fresh = work.resolve("classes.new");
      delete(fresh);
      Files.createDirectories(fresh);
      copyResources(fresh);
      SourceCompiler.compile(
          javaFiles(), fresh, paths("compile-classpath"), paths("processor-classpath"));
      Path classes = location().path();
      delete(classes);
      Files.move(fresh, classes);
      Files.write(
          work.resolve("classes.classpath"),
          paths("runtime-classpath").stream().map(Path::toString).toList());
    } catch (IOException | UncheckedIOException e) {
      throw new LoadException(
          LoadProblem.COMPILATION, "The sources in " + sources + " could not be compiled: " + e, e);
    }
  }

  private List<Path> javaFiles() throws IOException {
    try (Stream<Path> tree = Files.walk(sources.resolve("java"))) {
      return tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private void copyResources(Path target) throws IOException {
    Path resources = sources.resolve("resources");
    if (!Files.isDirectory(resources)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(resources)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        Path copy = target.resolve(resources.relativize(file).toString());
        Path folder = copy.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.copy(file, copy);
      }
    }
  }

  private List<Path> paths(String name) throws IOException {
    Path file = work.resolve(name);
    return Files.isRegularFile(file)
        ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).map(Path::of).toList()
        : List.of();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
