package dev.snowshed.runtime.wiring;

import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Thresholds;
import dev.snowshed.runtime.config.HostConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What {@link HostConfig} says about the host's life, checked under the names it was given. */
final class ConfiguredLifecycle {
  private static final Duration PEERS_STALE_AFTER = Duration.ofSeconds(3);
  private static final Duration LEASES_STALE_AFTER = Duration.ofSeconds(10);

  private ConfiguredLifecycle() {}

  /**
   * The settings of a configuration.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  static LifecycleSettings settings(HostConfig.Lifecycle config) {
    return checked(
        "snowshed.lifecycle.",
        () ->
            new LifecycleSettings(
                thresholds(config),
                config.strainAfter(),
                config.ejectAfter(),
                config.loopWedgedAfter(),
                config.collapsedAfter(),
                config.recovery(),
                config.holdOff(),
                config.maxHoldOff(),
                config.jitter(),
                config.forgiveAfter(),
                config.slowStart(),
                config.weightFloor()));
  }

  private static Thresholds thresholds(HostConfig.Lifecycle config) {
    return new Thresholds(
        config.refusedShare(),
        config.stuckPerProcessor(),
        config.startDelay(),
        config.loopDelay(),
        config.gcShare(),
        config.heapAfterGc(),
        config.lateShare(),
        config.busyShare());
  }

  /**
   * The budget's settings of a configuration.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  static FleetSettings fleet(HostConfig.Fleet config) {
    Duration staleAfter =
        config
            .staleAfter()
            .orElse(
                config.view() == HostConfig.Fleet.View.KUBERNETES
                    ? LEASES_STALE_AFTER
                    : PEERS_STALE_AFTER);
    return checked(
        "snowshed.fleet.",
        () ->
            new FleetSettings(
                config.maxOut().orElse(FleetSettings.DEFAULTS.maxOut()),
                config.minReady(),
                staleAfter,
                config.forgetAfter()));
  }

  /** The core names what is out of range by the name of a component, such as {@code holdOff}. */
  private static <T> T checked(String prefix, Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int end = message.indexOf(' ');
      throw new ConfigurationException(
          prefix + key(message.substring(0, Math.max(0, end))) + message.substring(end) + ".");
    }
  }

  private static String key(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
