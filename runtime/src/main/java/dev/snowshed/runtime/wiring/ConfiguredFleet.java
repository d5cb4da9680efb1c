package dev.snowshed.runtime.wiring;

import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.core.lifecycle.WakefulTime;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.fleet.LeasesView;
import dev.snowshed.runtime.fleet.NoView;
import dev.snowshed.runtime.fleet.PeersView;
import dev.snowshed.runtime.signals.GcPauses;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The view of the fleet that {@link HostConfig} asks for. */
final class ConfiguredFleet {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);
  private static final int MOST_PORT = 65_535;

  private ConfiguredFleet() {}

  /**
   * The view of a configuration.
   *
   * @param managementPort makes hosts on one machine differ
   * @throws ConfigurationException if a value is out of its range
   */
  static FleetView view(HostConfig.Fleet config, int managementPort) {
    String id = config.id().orElseGet(() -> hostName() + ":" + managementPort);
    return switch (config.view()) {
      case NONE -> new NoView(id);
      case PEERS -> peers(config, id);
      case KUBERNETES -> leases(config, id);
    };
  }

  private static FleetView peers(HostConfig.Fleet config, String id) {
    FleetSettings settings = ConfiguredLifecycle.fleet(config);
    WakefulTime time = wakefulTime();
    return new PeersView(
        id,
        new MemberBudget(id, settings, time),
        config.peers().orElse(List.of()).stream().map(ConfiguredFleet::peer).toList(),
        interval(config, Duration.ofSeconds(1)),
        settings.staleAfter(),
        settings.forgetAfter(),
        time);
  }

  private static FleetView leases(HostConfig.Fleet config, String id) {
    WakefulTime time = wakefulTime();
    return new LeasesView(
        id,
        config.name(),
        config.namespace(),
        new MemberBudget(id, ConfiguredLifecycle.fleet(config), time),
        ConfiguredFleet::kubernetes,
        interval(config, Duration.ofSeconds(2)),
        config.forgetAfter(),
        time);
  }

  /** As its environment tells; it tries once more, for the view itself tries again soon. */
  private static KubernetesClient kubernetes() {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder().withRequestRetryBackoffLimit(1).build())
        .build();
  }

  /** News does not grow old while garbage is collected: nobody could have listened. */
  private static WakefulTime wakefulTime() {
    return new WakefulTime(
        () -> TimeUnit.MILLISECONDS.toNanos(GcPauses.totalMillis()), System.nanoTime());
  }

  private static Duration interval(HostConfig.Fleet config, Duration usual) {
    Duration interval = config.interval().orElse(usual);
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      throw new ConfigurationException(
          "snowshed.fleet.interval is " + interval + "; it has to be 100 ms or more.");
    }
    return interval;
  }

  private static PeersView.Peer peer(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = text.substring(0, colon);
      if (!host.isEmpty() && port > 0 && port <= MOST_PORT) {
        return new PeersView.Peer(host, port);
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new ConfigurationException(problem(text), e);
    }
    throw new ConfigurationException(problem(text));
  }

  private static String problem(String peer) {
    return "snowshed.fleet.peers has '"
        + peer
        + "'; each has to be a name or an address, a colon and a management port from 1 to 65535.";
  }

  private static String hostName() {
    String fromPlatform = System.getenv("HOSTNAME");
    if (fromPlatform != null && !fromPlatform.isBlank()) {
      return fromPlatform;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
