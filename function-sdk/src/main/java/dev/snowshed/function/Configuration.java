package dev.snowshed.function;

import java.util.Optional;

/**
 * The settings and secrets of one function. Safe for concurrent use; constant for the life of a
 * loaded version.
 */
public interface Configuration {

  /**
   * A setting.
   *
   * @param key the key, as set on the host under {@code snowshed.function.{name}.config.{key}}
   * @return the value, or empty if it is not set
   */
  Optional<String> get(String key);

  /**
   * A secret. Not shown in any listing and never logged by the host.
   *
   * @param key the key, as set on the host under {@code snowshed.function.{name}.secret.{key}} or
   *     as the file {@code {name}/{key}} in the host's secrets folder
   * @return the value, or empty if it is not set
   */
  Optional<String> secret(String key);

  /**
   * A setting, or a default.
   *
   * @param key the key
   * @param defaultValue what to answer if the key is not set
   * @return the value
   */
  default String get(String key, String defaultValue) {
    return get(key).orElse(defaultValue);
  }
}
