package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.runtime.config.HostConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;

/** What {@link HostConfig} says about admission, checked under the names that it was given. */
final class ConfiguredAdmission {
  private static final String PREFIX = "snowshed.admission.";
  private static final int BODY_SHARE_OF_HEAP = 4;

  private ConfiguredAdmission() {}

  /**
   * The settings of a configuration.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  static AdmissionSettings settings(HostConfig.Admission config) {
    return new AdmissionSettings(
        config.mode(),
        (int) atLeast("max-concurrency", config.maxConcurrency(), 1),
        share("queue-share", config.queueShare()),
        aboveZero("queue-runs", config.queueRuns()),
        (int) atLeast("max-queue", config.maxQueue(), 0),
        share("retry-share", config.retryShare()),
        atLeast(
            "max-body-in-flight",
            config
                .maxBodyInFlight()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / BODY_SHARE_OF_HEAP),
            1),
        (int) atLeast("initial-limit", config.initialLimit(), 1));
  }

  private static long atLeast(String key, long value, long least) {
    if (value < least) {
      throw outOfRange(key, String.valueOf(value), "a whole number, " + least + " or more");
    }
    return value;
  }

  private static double share(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw outOfRange(key, String.valueOf(value), "from 0 to 1");
    }
    return value;
  }

  private static double aboveZero(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw outOfRange(key, String.valueOf(value), "above 0");
    }
    return value;
  }

  private static ConfigurationException outOfRange(String key, String value, String range) {
    return new ConfigurationException(
        PREFIX + key + " is " + value + "; it has to be " + range + ".");
  }
}
