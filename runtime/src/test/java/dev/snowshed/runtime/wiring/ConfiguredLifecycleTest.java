package dev.snowshed.runtime.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.lifecycle.WarmUp;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredLifecycleTest {

  @Test
  void needsNoSetting() {
    assertEquals(
        LifecycleSettings.DEFAULTS, ConfiguredLifecycle.settings(config(Map.of()).lifecycle()));
    assertEquals(FleetSettings.DEFAULTS, ConfiguredLifecycle.fleet(config(Map.of()).fleet()));
    assertEquals(List.of(), ConfiguredWarmUp.targets(config(Map.of())));
  }

  @Test
  void givesLeasesMoreTime() {
    FleetSettings settings =
        ConfiguredLifecycle.fleet(config(Map.of("snowshed.fleet.view", "kubernetes")).fleet());
    assertEquals(Duration.ofSeconds(10), settings.staleAfter());
  }

  @Test
  void namesTheKeyTheValueAndTheRange() {
    refuses(
        "snowshed.lifecycle.eject-after",
        "500ms",
        "snowshed.lifecycle.eject-after must be at least strainAfter (PT1S), was PT0.5S.");
    refuses(
        "snowshed.lifecycle.jitter",
        "1.5",
        "snowshed.lifecycle.jitter must be from 0 to 1, was 1.5.");
    refuses(
        "snowshed.lifecycle.gc-share",
        "0",
        "snowshed.lifecycle.gc-share must be above 0 and at most 1, was 0.0.");
    refuses(
        "snowshed.fleet.max-out", "-1", "snowshed.fleet.max-out must be from 0 to 1, was -1.0.");
    refuses(
        "snowshed.fleet.interval",
        "10ms",
        "snowshed.fleet.interval is PT0.01S; it has to be 100 ms or more.");
    refuses(
        "snowshed.fleet.peers",
        "somewhere",
        "snowshed.fleet.peers has 'somewhere'; each has to be a name or an address, a colon and a"
            + " management port from 1 to 65535.");
    refuses(
        "snowshed.function.f.warmup",
        "x",
        "snowshed.function.f.warmup is 'x'; it has to begin with / or ?, as it follows the"
            + " function's name in the path.");
    refuses(
        "snowshed.function.f.warmup-calls",
        "0",
        "snowshed.function.f.warmup-calls is 0; it has to be 1 or more.");
  }

  @Test
  void readsWarmUpCalls() {
    Map<String, String> settings =
        Map.of(
            "snowshed.function.b.warmup", "?x=1",
            "snowshed.function.a.warmup-body", "{}",
            "snowshed.function.a.warmup-calls", "3",
            "snowshed.function.c.timeout", "1s");
    assertEquals(
        List.of(
            new WarmUp.Target("a", "", Optional.of("{}"), "application/json", 3),
            new WarmUp.Target("b", "?x=1", Optional.empty(), "application/json", 1)),
        ConfiguredWarmUp.targets(config(settings)));
  }

  @Test
  void knowsOneselfByHostAndManagementPort() {
    try (FleetView view = ConfiguredFleet.view(config(Map.of()).fleet(), 9123)) {
      assertEquals("9123", view.ownId().replaceFirst(".*:", ""));
      assertEquals(List.<Member>of(), view.members());
    }
    HostConfig named = config(Map.of("snowshed.fleet.id", "me", "snowshed.fleet.view", "peers"));
    try (FleetView view = ConfiguredFleet.view(named.fleet(), 9123)) {
      assertEquals("me", view.ownId());
    }
  }

  private static void refuses(String key, String value, String message) {
    HostConfig config =
        config(
            Map.of(
                "snowshed.fleet.view",
                "peers",
                "snowshed.function.f.warmup-body",
                "{}",
                key,
                value));
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> use(config));
    assertEquals(message, e.getMessage());
  }

  private static void use(HostConfig config) {
    LifecycleSettings _ = ConfiguredLifecycle.settings(config.lifecycle());
    ConfiguredFleet.view(config.fleet(), 9000).close();
    List<WarmUp.Target> _ = ConfiguredWarmUp.targets(config);
  }

  private static HostConfig config(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(HostConfig.class)
            .withDefaultValues(settings)
            .build();
    return config.getConfigMapping(HostConfig.class);
  }
}
