package dev.snowshed.runtime.wiring;

import dev.snowshed.core.dependency.Snapshot;
import dev.snowshed.runtime.dependency.Breaker;
import dev.snowshed.runtime.dependency.FunctionGuards;
import dev.snowshed.runtime.dependency.HostDependencies;
import dev.snowshed.runtime.lifecycle.Beat;
import dev.snowshed.runtime.metrics.DependencyMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Brings what is known of dependencies to the meters, every {@link #PERIOD}. */
@Singleton
public final class DependencyWatch {
  private static final Logger LOG = Logger.getLogger(DependencyWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final HostDependencies dependencies;
  private final DependencyMeters meters;
  private final Beat beat =
      new Beat(
          "snowshed-dependencies",
          PERIOD,
          this::show,
          e -> LOG.error("The meters of dependencies were not brought up to date", e));

  DependencyWatch(HostDependencies dependencies, MeterRegistry registry) {
    this.dependencies = dependencies;
    this.meters = new DependencyMeters(registry);
  }

  void start(@Observes StartupEvent event) {
    beat.start();
  }

  void stop(@Observes ShutdownEvent event) {
    beat.close();
  }

  private void show(long nowNanos) {
    Map<String, FunctionGuards> functions =
        dependencies.functions().stream()
            .collect(Collectors.toMap(FunctionGuards::function, Function.identity()));
    List<Snapshot> snapshots =
        functions.values().stream().map(each -> each.statistics().snapshot(nowNanos)).toList();
    meters.show(
        snapshots,
        (function, dependency) ->
            Objects.requireNonNull(functions.get(function)).breaker(dependency) == Breaker.OPEN);
  }
}
