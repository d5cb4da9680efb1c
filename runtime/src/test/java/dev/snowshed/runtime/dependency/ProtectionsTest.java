package dev.snowshed.runtime.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.config.HostConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionsTest {
  private static final String PREFIX = "snowshed.function.quote.dependency.catalog.";

  private static Protections configured(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    settings.forEach((key, value) -> keys.put(PREFIX + key, value));
    HostConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .withMapping(HostConfig.class)
            .build()
            .getConfigMapping(HostConfig.class);
    return new Protections(config.function());
  }

  private static DependencyDescriptor catalog() {
    return DependencyDescriptor.named("catalog")
        .strength(Strength.STRONG)
        .timeoutNanos(500_000_000)
        .retries(1)
        .build();
  }

  @Test
  void isAsDeclaredWhereNothingIsSaid() {
    assertEquals(
        new Protection(Strength.STRONG, 500, 0, 1, 0.9, 20, 1000),
        configured(Map.of()).of("quote", catalog()));
    assertEquals(
        new Protection(Strength.UNDECLARED, 0, 0, 0, 0.5, 20, 1000),
        configured(Map.of()).of("quote", DependencyDescriptor.named("other").build()));
  }

  @Test
  void isAsConfigured() {
    Protections protections =
        configured(
            Map.of(
                "strength", "weak",
                "timeout", "200ms",
                "max-concurrent", "7",
                "retries", "0",
                "breaker-failures", "0.25",
                "breaker-calls", "50",
                "breaker-delay", "3s"));

    assertEquals(
        new Protection(Strength.WEAK, 200, 7, 0, 0.25, 50, 3000),
        protections.of("quote", catalog()));
    assertEquals(500, protections.of("other-function", catalog()).timeoutMillis());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout | 0s | is PT0S; it has to be 1ms to 24h.
          timeout | 25h | is PT25H; it has to be 1ms to 24h.
          breaker-delay | 0s | is PT0S; it has to be 1ms to 24h.
          max-concurrent | -1 | is -1; it has to be 0 to 1000000.
          retries | 11 | is 11; it has to be 0 to 10.
          breaker-calls | 1 | is 1; it has to be 2 to 10000, or 0 for no breaker.
          breaker-failures | 0 | is 0.0; it has to be above 0 and at most 1.
          breaker-failures | 1.1 | is 1.1; it has to be above 0 and at most 1.
          """)
  void namesWhatIsOutOfItsRange(String key, String value, String problem) {
    ConfigurationException failure =
        assertThrows(
            ConfigurationException.class, () -> configured(Map.of(key, value)).of("x", catalog()));

    assertEquals(PREFIX + key + " " + problem, failure.getMessage());
  }
}
