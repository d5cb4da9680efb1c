package dev.snowshed.function.test;

import dev.snowshed.function.Configuration;
import java.util.Map;
import java.util.Optional;

/** Settings and secrets in memory. */
final class TestConfiguration implements Configuration {
  private final Map<String, String> settings;
  private final Map<String, String> secrets;

  TestConfiguration(Map<String, String> settings, Map<String, String> secrets) {
    this.settings = Map.copyOf(settings);
    this.secrets = Map.copyOf(secrets);
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  @Override
  public Optional<String> secret(String key) {
    return Optional.ofNullable(secrets.get(key));
  }
}
