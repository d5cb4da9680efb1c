package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Where a bundle lies: what is loaded, swapped and stopped as one.
 *
 * @param path a jar or a folder; absolute
 * @param kind what is found there
 */
public record BundleLocation(Path path, Kind kind) {

  /** The service file that marks a jar or folder as holding functions. */
  static final String SERVICE_FILE = "META-INF/services/dev.snowshed.function.spi.FunctionBinding";

  /** Where a project's classes are, below its folder. */
  static final Path PROJECT_CLASSES = Path.of("target", "snowshed", "classes");

  /** What is found at a location. */
  public enum Kind {
    /** One jar, its libraries unpacked inside. */
    JAR,
    /** A folder of jars: one with functions, the others its libraries. */
    JAR_FOLDER,
    /** A folder of class files. */
    CLASS_FOLDER,
    /** The host's own class path: functions that were linked into it. */
    CLASS_PATH
  }

  /** The functions on the host's own class path. */
  static final BundleLocation CLASS_PATH =
      new BundleLocation(Path.of("class-path"), Kind.CLASS_PATH);

  /** Checks that nothing is null. */
  public BundleLocation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
  }

  /** The file's or folder's name; the project's, for the classes of a project. */
  public String name() {
    Path named = path.endsWith(PROJECT_CLASSES) ? path.resolve("../../..").normalize() : path;
    return Objects.requireNonNullElse(named.getFileName(), named).toString();
  }

  /** The bundles of a drop folder: each jar and each sub-folder; none if it does not exist. */
  static List<BundleLocation> inDropFolder(Path folder) {
    List<BundleLocation> found = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        found.add(new BundleLocation(entry, folderKind(entry)));
      } else if (isJar(entry)) {
        found.add(new BundleLocation(entry, Kind.JAR));
      }
    }
    return found;
  }

  /**
   * The bundles that a path given by hand stands for: a jar, a folder of classes, a folder of jars
   * of which exactly one has functions, or else a drop folder.
   */
  static List<BundleLocation> at(Path given) {
    Path path = given.toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      return List.of(new BundleLocation(path, Kind.JAR));
    }
    if (folderKind(path) == Kind.CLASS_FOLDER) {
      return List.of(new BundleLocation(path, Kind.CLASS_FOLDER));
    }
    List<Path> jars = entries(path).stream().filter(BundleLocation::isJar).toList();
    boolean oneWithLibraries =
        jars.size() > 1 && jars.stream().filter(BundleLocation::hasFunctions).count() == 1;
    return oneWithLibraries
        ? List.of(new BundleLocation(path, Kind.JAR_FOLDER))
        : inDropFolder(path);
  }

  private static Kind folderKind(Path folder) {
    return Files.exists(folder.resolve(SERVICE_FILE)) || !containsJar(folder)
        ? Kind.CLASS_FOLDER
        : Kind.JAR_FOLDER;
  }

  private static boolean containsJar(Path folder) {
    return entries(folder).stream()
        .anyMatch(entry -> isJar(entry) || (Files.isDirectory(entry) && containsJar(entry)));
  }

  private static boolean hasFunctions(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(SERVICE_FILE) != null;
    } catch (ZipException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isJar(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            folder, entry -> !String.valueOf(entry.getFileName()).startsWith("."))) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    entries.sort(null);
    return entries;
  }
}
