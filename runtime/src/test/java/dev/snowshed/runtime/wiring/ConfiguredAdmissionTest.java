package dev.snowshed.runtime.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.runtime.config.HostConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
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
    Map<String, String> properties = new java.util.HashMap<>();
    admission.forEach((key, value) -> properties.put("snowshed.admission." + key, value));
    HostConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(HostConfig.class)
            .withConverter(
                io.quarkus.runtime.configuration.MemorySize.class,
                100,
                new MemorySizeConverter())
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build()
            .getConfigMapping(HostConfig.class);
    return ConfiguredAdmission.settings(config.admission());
  }
}
