package dev.snowshed.runtime.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What a bundle's maker called it, and what its content is.
 *
 * @param name the manifest's {@code Implementation-Version}; empty if it has none
 * @param digest the first 12 hexadecimal digits of the SHA-256 of its files
 */
public record BundleVersion(String name, String digest) {

  static BundleVersion of(Path bundle) {
    try {
      return new BundleVersion(manifestVersion(bundle).orElse(""), digest(bundle));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> manifestVersion(Path bundle) throws IOException {
    return manifest(bundle)
        .map(manifest -> manifest.getMainAttributes())
        .map(attributes -> attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
  }

  private static Optional<Manifest> manifest(Path bundle) throws IOException {
    if (Files.isRegularFile(bundle)) {
      try (JarFile jar = new JarFile(bundle.toFile())) {
        return Optional.ofNullable(jar.getManifest());
      }
    }
    Path file = bundle.resolve(JarFile.MANIFEST_NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new Manifest(in));
    }
  }

  private static String digest(Path bundle) throws IOException {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> tree = Files.walk(bundle)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
    }
    return HexFormat.of().formatHex(sha256.digest()).substring(0, 12);
  }
}
