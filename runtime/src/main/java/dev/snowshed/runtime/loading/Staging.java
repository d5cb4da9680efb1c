package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jboss.logging.Logger;

/**
 * Copies bundles to a folder of the host's own before they are loaded. A class loader reads its
 * jars lazily, so a file that is overwritten in place would break the version that still serves
 * from it.
 *
 * <p>Where the folder cannot be written, as on a read-only file system without a temporary folder,
 * bundles are loaded in place. Safe for concurrent use.
 */
final class Staging implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Staging.class);

  private final Optional<Path> root;
  private final AtomicLong copies = new AtomicLong();

  private Staging(Optional<Path> root) {
    this.root = root;
  }

  /** A staging area below a folder, or below the system's temporary folder if none is given. */
  static Staging below(Optional<Path> folder) {
    try {
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
        return new Staging(Optional.of(Files.createTempDirectory(folder.get(), "snowshed-")));
      }
      return new Staging(Optional.of(Files.createTempDirectory("snowshed-")));
    } catch (IOException e) {
      LOG.warnf(
          "No writable folder for copies of bundles (%s): they are loaded in place, so replace a jar"
              + " by renaming a new one over it, never by overwriting it. Set"
              + " snowshed.functions.staging-dir to a writable folder to lift this.",
          e);
      return new Staging(Optional.empty());
    }
  }

  /**
   * Copies a bundle's file or folder and checks that its archives are whole.
   *
   * @return the copy, or the original where there is no folder for copies
   * @throws LoadException if an archive is damaged, or the original is gone
   */
  Path stage(Path original) throws LoadException {
    try {
      Path staged = root.isPresent() ? copy(original, root.get()) : original;
      verify(staged, original);
      return staged;
    } catch (NoSuchFileException e) {
      throw new LoadException(
          LoadProblem.VANISHED,
          original + " is not there. Put it back, or take it off the list.",
          e);
    } catch (ZipException e) {
      throw corrupt(original, e);
    } catch (IOException | UncheckedIOException e) {
      throw new LoadException(
          LoadProblem.CORRUPT,
          original + " could not be read: " + e + ". Check its permissions.",
          e);
    }
  }

  /** Removes a copy; does nothing for an original. */
  void discard(Path staged) {
    if (root.isPresent() && staged.startsWith(root.get())) {
      Path copy = root.get().resolve(root.get().relativize(staged).getName(0));
      deleteTree(copy);
    }
  }

  @Override
  public void close() {
    root.ifPresent(Staging::deleteTree);
  }

  private Path copy(Path original, Path root) throws IOException {
    Path folder = Files.createDirectory(root.resolve(Long.toString(copies.incrementAndGet())));
    Path target = folder.resolve(String.valueOf(original.getFileName()));
    try (Stream<Path> tree = Files.walk(original)) {
      for (Path source : (Iterable<Path>) tree::iterator) {
        Path copy = target.resolve(original.relativize(source).toString()).normalize();
        if (Files.isDirectory(source)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(source, copy);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      deleteTree(folder);
      throw e;
    }
    return target;
  }

  private static void verify(Path staged, Path original) throws IOException, LoadException {
    try (Stream<Path> tree = Files.walk(staged)) {
      for (Path jar : (Iterable<Path>) tree.filter(BundleLocation::isJar)::iterator) {
        try {
          verifyArchive(jar);
        } catch (ZipException | java.io.EOFException e) {
          throw corrupt(original.resolve(staged.relativize(jar).toString()).normalize(), e);
        }
      }
    }
  }

  private static void verifyArchive(Path jar) throws IOException {
    int entries;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      entries = zip.size();
    }
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(file)) {
      int read = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        zip.transferTo(OutputStream.nullOutputStream());
        read++;
      }
      if (read < entries) {
        throw new ZipException("only " + read + " of " + entries + " entries can be read");
      }
    }
  }

  private static LoadException corrupt(Path file, IOException cause) {
    return new LoadException(
        LoadProblem.CORRUPT,
        file
            + " is not a whole jar: "
            + cause.getMessage()
            + ". It is tried again when the file changes; write it beside the folder and rename it"
            + " into place.",
        cause);
  }

  private static void deleteTree(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debugf(e, "Could not remove %s", folder);
    }
  }
}
