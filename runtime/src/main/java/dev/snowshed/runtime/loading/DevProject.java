package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function author's project whose sources are compiled by the host itself: {@code src/main/java}
 * and {@code src/main/resources} become {@code target/snowshed/classes}. The launcher has left
 * there the class paths to compile with, one path a line: {@code compile-classpath}, {@code
 * runtime-classpath} and {@code processor-classpath}.
 *
 * <p>To be used by one thread at a time, but for {@link #isStale}.
 */
final class DevProject {
  private static final String COMPILE = "compile-classpath";
  private static final String RUNTIME = "runtime-classpath";
  private static final String PROCESSOR = "processor-classpath";
  private static final List<String> CLASS_PATHS = List.of(COMPILE, RUNTIME, PROCESSOR);

  private final Path sources;
  private final Path work;

  /** What went into the last compilation looked like; empty before that. */
  private volatile List<Fingerprint> compiled = List.of();

  DevProject(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    this.sources = absolute.resolve("src").resolve("main");
    this.work = absolute.resolve("target").resolve("snowshed");
  }

  /** Where the compiled classes are. */
  BundleLocation location() {
    return new BundleLocation(work.resolve("classes"), BundleLocation.Kind.CLASS_FOLDER);
  }

  /** Whether the sources or the class paths have changed since they were last compiled. */
  boolean isStale() {
    return Files.isDirectory(sources) && !inputs().equals(compiled);
  }

  private List<Fingerprint> inputs() {
    return Stream.concat(Stream.of(sources), CLASS_PATHS.stream().map(work::resolve))
        .flatMap(path -> Fingerprint.of(path).stream())
        .toList();
  }

  /**
   * Compiles everything anew, beside the classes of before, and puts the result in their place.
   *
   * @throws LoadException if there are errors, with their places; the classes of before are left
   */
  void compile() throws LoadException {
    compiled = inputs();
    try {
      Path fresh = work.resolve("classes.new");
      delete(fresh);
      Files.createDirectories(fresh);
      copyResources(fresh);
      SourceCompiler.compile(javaFiles(), fresh, paths(COMPILE), paths(PROCESSOR));
      Path classes = location().path();
      delete(classes);
      Files.move(fresh, classes);
      Files.write(
          work.resolve("classes.classpath"), paths(RUNTIME).stream().map(Path::toString).toList());
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
