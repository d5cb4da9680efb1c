package dev.snowshed.runtime.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.runtime.config.HostConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredAdmissionTest {

  @Test
  void needsNoSetting() {
    AdmissionSettings defaults = AdmissionSettings.DEFAULTS;
    AdmissionSettings settings = settings(Map.of());
    assertEquals(
        new AdmissionSettings(
            AdmissionSettings.Mode.ADAPTIVE,
            defaults.maxConcurrency(),
            defaults.queueShare(),
            defaults.queueRuns(),
            defaults.maxQueue(),
            defaults.retryShare(),
            Runtime.getRuntime().maxMemory() / 4,
            defaults.initialLimit()),
        settings);
  }

  @Test
  void readsEverySetting() {
    assertEquals(
        new AdmissionSettings(AdmissionSettings.Mode.FIXED, 7, 0.5, 2, 9, 0.1, 4096, 3),
        settings(
            Map.of(
                "mode", "fixed",
                "max-concurrency", "7",
                "queue-share", "0.5",
                "queue-runs", "2",
                "max-queue", "9",
                "retry-share", "0.1",
                "max-body-in-flight", "4K",
                "initial-limit", "3")));
    assertEquals(AdmissionSettings.Mode.OFF, settings(Map.of("mode", "off")).mode());
  }

  @Test
  void namesTheKeyTheValueAndTheRange() {
    refuses("max-concurrency", "0", "is 0; it has to be a whole number, 1 or more.");
    refuses("initial-limit", "-3", "is -3; it has to be a whole number, 1 or more.");
    refuses("max-queue", "-1", "is -1; it has to be a whole number, 0 or more.");
    refuses("max-body-in-flight", "0", "is 0; it has to be a whole number, 1 or more.");
    refuses("queue-share", "1.5", "is 1.5; it has to be from 0 to 1.");
    refuses("retry-share", "NaN", "is NaN; it has to be from 0 to 1.");
    refuses("queue-runs", "0", "is 0.0; it has to be above 0.");
    refuses("queue-runs", "Infinity", "is Infinity; it has to be above 0.");
  }

  private static void refuses(String key, String value, String problem) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> settings(Map.of(key, value)));
    assertEquals("snowshed.admission." + key + " " + problem, e.getMessage());
  }

  private static AdmissionSettings settings(Map<String, String> admission) {
    return ConfiguredAdmission.settings(new Given(admission));
  }

  private record Given(Map<String, String> values) implements HostConfig.Admission {
    private String value(String key) {
      try {
        String name = key.replaceAll("-(.)", "_$1");
        StringBuilder method = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
          boolean upper = name.charAt(i) == '_';
          i += upper ? 1 : 0;
          method.append(upper ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
        }
        return values.getOrDefault(
            key,
            HostConfig.Admission.class
                .getMethod(method.toString())
                .getAnnotation(WithDefault.class)
                .value());
      } catch (NoSuchMethodException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public AdmissionSettings.Mode mode() {
      return AdmissionSettings.Mode.valueOf(value("mode").toUpperCase(Locale.ROOT));
    }

    @Override
    public int maxConcurrency() {
      return Integer.parseInt(value("max-concurrency"));
    }

    @Override
    public int initialLimit() {
      return Integer.parseInt(value("initial-limit"));
    }

    @Override
    public double queueShare() {
      return Double.parseDouble(value("queue-share"));
    }

    @Override
    public double queueRuns() {
      return Double.parseDouble(value("queue-runs"));
    }

    @Override
    public int maxQueue() {
      return Integer.parseInt(value("max-queue"));
    }

    @Override
    public double retryShare() {
      return Double.parseDouble(value("retry-share"));
    }

    @Override
    public Optional<MemorySize> maxBodyInFlight() {
      return Optional.ofNullable(values.get("max-body-in-flight"))
          .map(new MemorySizeConverter()::convert);
    }

    @Override
    public Optional<Path> stateFile() {
      return Optional.ofNullable(values.get("state-file")).map(Path::of);
    }
  }
}
