package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a bundle's files look like from outside. Two equal fingerprints mean that nothing was
 * changed between them.
 *
 * @param files each file's stamp, by its path relative to the bundle
 */
record Fingerprint(Map<String, Stamp> files) {

  /**
   * One file's look.
   *
   * @param size in bytes
   * @param modifiedNanos when it was last written
   * @param key what the file system knows it by, such as its inode; empty if it does not say
   */
  record Stamp(long size, long modifiedNanos, String key) {}

  Fingerprint {
    files = Map.copyOf(files);
  }

  /** The fingerprint of a file or folder now; empty if there is no file, or one goes meanwhile. */
  static Optional<Fingerprint> of(Path path) {
    Map<String, Stamp> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : (Iterable<Path>) tree::iterator) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          files.put(path.relativize(file).toString(), stamp(attributes));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(new Fingerprint(files));
  }

  private static Stamp stamp(BasicFileAttributes attributes) {
    return new Stamp(
        attributes.size(),
        attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
        Objects.toString(attributes.fileKey(), ""));
  }
}
