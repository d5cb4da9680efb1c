package dev.snowshed.runtime.wiring;

import dev.snowshed.function.Configuration;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.loading.FunctionSettings;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@link HostConfig} says about single functions. Safe for concurrent use. */
final class ConfiguredSettings implements FunctionSettings.Source {
  private final HostConfig config;

  /**
   * Settings from a configuration.
   *
   * @param config the host's settings
   */
  ConfiguredSettings(HostConfig config) {
    this.config = config;
  }

  @Override
  public FunctionSettings of(String function) {
    Optional<HostConfig.FunctionOverride> override =
        Optional.ofNullable(config.function().get(function));
    return new FunctionSettings(
        override.flatMap(HostConfig.FunctionOverride::timeout),
        override
            .flatMap(HostConfig.FunctionOverride::maxBodySize)
            .map(MemorySize::asLongValue)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        new FunctionConfiguration(
            override.map(HostConfig.FunctionOverride::config).orElse(Map.of()),
            override.map(HostConfig.FunctionOverride::secret).orElse(Map.of()),
            config.secretsDir().map(dir -> dir.resolve(function))));
  }

  private record FunctionConfiguration(
      Map<String, String> settings, Map<String, String> secrets, Optional<Path> secretFiles)
      implements Configuration {

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(settings.get(key));
    }

    @Override
    public Optional<String> secret(String key) {
      return Optional.ofNullable(secrets.get(key))
          .or(() -> secretFiles.flatMap(dir -> read(dir, key)));
    }

    private static Optional<String> read(Path folder, String key) {
      Path file = folder.resolve(key).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Files.readString(file).stripTrailing());
      } catch (IOException e) {
        throw new UncheckedIOException("secret file " + file + " cannot be read", e);
      }
    }

    @Override
    public String toString() {
      return "Configuration" + settings.keySet();
    }
  }
}
