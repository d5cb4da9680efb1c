package dev.snowshed.runtime.wiring;

import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.Transition;
import dev.snowshed.runtime.agent.AgentAnswer;
import dev.snowshed.runtime.agent.AgentServer;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.lifecycle.Drain;
import dev.snowshed.runtime.lifecycle.LifecycleLog;
import dev.snowshed.runtime.lifecycle.Pulse;
import dev.snowshed.runtime.lifecycle.StartUp;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.logging.FunctionOutput;
import dev.snowshed.runtime.logging.JsonLog;
import dev.snowshed.runtime.metrics.HostMeters;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the host's parts, and stops those that nobody else does. */
@Singleton
public final class Host {
  private static final Logger LOG = Logger.getLogger(Host.class);

  private final HostConfig config;
  private final FunctionHost functions;
  private final Ticker ticker;
  private final Pulse pulse;
  private final StartUp startUp;
  private final Lifecycle lifecycle;
  private final FleetView fleet;
  private final AgentAnswer agentAnswer;
  private final Drain drain;
  private final HostMeters meters;
  private Optional<AgentServer> agent = Optional.empty();

  Host(
      HostConfig config,
      FunctionHost functions,
      Ticker ticker,
      Pulse pulse,
      StartUp startUp,
      Lifecycle lifecycle,
      FleetView fleet,
      AgentAnswer agentAnswer,
      Drain drain,
      HostMeters meters) {
    this.config = config;
    this.functions = functions;
    this.ticker = ticker;
    this.pulse = pulse;
    this.startUp = startUp;
    this.lifecycle = lifecycle;
    this.fleet = fleet;
    this.agentAnswer = agentAnswer;
    this.drain = drain;
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    if (config.log().json()) {
      JsonLog.install();
    }
    FunctionOutput.install();
    lifecycle.onChange(new LifecycleLog((level, line) -> LOG.log(level, line))::tell);
    lifecycle.onTransition(this::tell);
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      StopSignals.handle(drain);
    }
    ticker.start();
    openAgent();
    fleet.start(lifecycle::status);
    pulse.start();
    functions.start();
    startUp.advance();
  }

  void portOpened(@ObservesAsync HttpServerStart event) {
    startUp.portOpened();
  }

  void stop(@Observes ShutdownEvent event) {
    agent.ifPresent(AgentServer::close);
  }

  private void openAgent() {
    config
        .agent()
        .port()
        .ifPresent(
            port -> {
              AgentServer server =
                  AgentServer.open(
                      new InetSocketAddress(config.agent().host(), port), agentAnswer::line);
              agent = Optional.of(server);
              LOG.infof(
                  "The agent listens on %s:%d", config.agent().host(), (Integer) server.port());
            });
  }

  private void tell(Transition step) {
    meters.transition(step);
    LOG.logf(
        step.to() == LifecycleState.EJECTED ? Logger.Level.WARN : Logger.Level.INFO,
        "%s -> %s: %s",
        step.from(),
        step.to(),
        step.cause());
  }
}
