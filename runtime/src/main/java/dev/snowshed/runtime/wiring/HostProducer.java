package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.traffic.TrafficModel;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.agent.AgentAnswer;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.dependency.Drills;
import dev.snowshed.runtime.dependency.HostDependencies;
import dev.snowshed.runtime.dependency.spans.ClientSpans;
import dev.snowshed.runtime.drill.HostDrills;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.lifecycle.Drain;
import dev.snowshed.runtime.lifecycle.Pulse;
import dev.snowshed.runtime.lifecycle.StartUp;
import dev.snowshed.runtime.lifecycle.VitalSigns;
import dev.snowshed.runtime.lifecycle.WarmUp;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadListener;
import dev.snowshed.runtime.logging.CurrentCall;
import dev.snowshed.runtime.management.ChangeGuard;
import dev.snowshed.runtime.metrics.HostMeters;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import dev.snowshed.runtime.traffic.TrafficMeters;
import dev.snowshed.runtime.traffic.TrafficReading;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Builds the host's parts from its configuration, and takes them apart again. */
final class HostProducer {

  @Produces
  @Singleton
  MachineSignals signals() {
    return MachineSignals.ofThisProcess();
  }

  @Produces
  @Singleton
  AdmissionController controller(HostConfig config, MachineSignals signals) {
    return new AdmissionController(
        ConfiguredAdmission.settings(config.admission()),
        signals,
        RandomGenerator.of("L64X128MixRandom"));
  }

  @Produces
  @Singleton
  LimitMemory memory(HostConfig config) {
    HostConfig.Admission admission = config.admission();
    return LimitMemory.read(
        admission.mode() == Mode.ADAPTIVE ? admission.stateFile() : Optional.empty(),
        admission.initialLimit());
  }

  @Produces
  @Singleton
  Doors doors(
      AdmissionController controller,
      HostMeters meters,
      FunctionRegistry registry,
      LimitMemory memory) {
    return new Doors(controller, meters, registry, memory);
  }

  @Produces
  @Singleton
  Ticker ticker(
      AdmissionController controller,
      MachineSignals signals,
      LoopDelays loops,
      FunctionEndpoint endpoint,
      LimitMemory memory) {
    return new Ticker(controller, signals, loops, endpoint, memory);
  }

  @Produces
  @Singleton
  TrafficReading trafficReading(AdmissionController controller, MachineSignals signals) {
    return new TrafficReading(controller, signals);
  }

  @Produces
  @Singleton
  TrafficModel traffic(TrafficReading reading) {
    return new TrafficModel(reading);
  }

  @Produces
  @Singleton
  TrafficMeters trafficMeters(
      MeterRegistry registry, TrafficModel traffic, TrafficReading reading) {
    return new TrafficMeters(registry, traffic::snapshot, reading::counters);
  }

  @Produces
  @Singleton
  FunctionRegistry registry() {
    return new FunctionRegistry();
  }

  @Produces
  @Singleton
  HostMeters meters(
      MeterRegistry meters,
      AdmissionController controller,
      MachineSignals signals,
      LoopDelays loops,
      Lifecycle lifecycle,
      FleetView fleet,
      FunctionRegistry registry) {
    return new HostMeters(
        meters, controller, signals, loops, lifecycle::status, () -> fleet.members(), registry);
  }

  @Produces
  @Singleton
  FunctionHost functions(
      HostConfig config, FunctionRegistry registry, Doors doors, HostDependencies dependencies) {
    return new FunctionHost(
        config.functions(),
        config.dev(),
        new ConfiguredSettings(config),
        registry,
        new CurrentCall(),
        ClientSpans::watch,
        LoadListener.all(doors, dependencies));
  }

  @Produces
  @Singleton
  HostDependencies dependencies(HostConfig config, FunctionRegistry registry, Drills drills) {
    return new HostDependencies(config.function(), registry, drills);
  }

  @Produces
  @Singleton
  FunctionEndpoint endpoint(
      HostConfig config,
      FunctionRegistry registry,
      Doors doors,
      AdmissionController controller,
      Lifecycle lifecycle,
      HostDependencies dependencies,
      LoopDelays loops,
      HostMeters meters) {
    return new FunctionEndpoint(
        registry, doors, controller, lifecycle::status, dependencies, loops, meters, config.http());
  }

  @Produces
  @Singleton
  LoopDelays loops() {
    return new LoopDelays();
  }

  @Produces
  @Singleton
  FleetView fleet(
      HostConfig config, @ConfigProperty(name = "quarkus.management.port") int managementPort) {
    return ConfiguredFleet.view(config.fleet(), managementPort);
  }

  @Produces
  @Singleton
  Lifecycle lifecycle(HostConfig config, FleetView fleet) {
    return new Lifecycle(
        ConfiguredLifecycle.settings(config.lifecycle()),
        fleet.budget(),
        RandomGenerator.of("L64X128MixRandom"),
        System.nanoTime());
  }

  @Produces
  @Singleton
  WarmUp warmUp(
      HostConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    return new WarmUp(ownPort(host, port), ConfiguredWarmUp.targets(config));
  }

  /** Where this host reaches its own function port. */
  private static URI ownPort(String host, int port) {
    String address = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return URI.create(
        "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
  }

  @Produces
  @Singleton
  HostDrills drills(
      HostConfig config, FunctionRegistry registry, Instance<HostDependencies> dependencies) {
    return new HostDrills(
        new LoadedSubjects(registry, dependencies::get),
        HostProducer::openPort,
        function -> ConfiguredWarmUp.request(config, function));
  }

  /** The function port as it was opened, where 0 stood for any. */
  private static URI openPort() {
    Config config = ConfigProvider.getConfig();
    return ownPort(
        config.getValue("quarkus.http.host", String.class),
        config.getValue("quarkus.http.port", Integer.class));
  }

  @Produces
  @Singleton
  StartUp startUp(
      Lifecycle lifecycle, FunctionHost functions, FunctionRegistry registry, WarmUp warmUp) {
    return new StartUp(lifecycle, functions, registry, warmUp);
  }

  @Produces
  @Singleton
  Pulse pulse(
      Lifecycle lifecycle,
      MachineSignals signals,
      LoopDelays loops,
      FunctionEndpoint endpoint,
      StartUp startUp) {
    return new Pulse(lifecycle, new VitalSigns(signals, loops, endpoint), startUp);
  }

  @Produces
  @Singleton
  Drain drain(
      HostConfig config,
      Lifecycle lifecycle,
      AdmissionController controller,
      LimitMemory memory,
      FunctionHost functions) {
    return new Drain(
        lifecycle,
        controller,
        memory,
        config.drain().announce(),
        config.drain().timeout(),
        () -> {
          functions.giveUpStart();
          Quarkus.asyncExit(0);
        });
  }

  @Produces
  @Singleton
  AgentAnswer agentAnswer(
      HostConfig config, Lifecycle lifecycle, AdmissionController controller, Doors doors) {
    return new AgentAnswer(lifecycle, controller, doors, balancers(config.agent()));
  }

  @Produces
  @Singleton
  ChangeGuard changeGuard(
      HostConfig config, @ConfigProperty(name = "quarkus.management.host") String host) {
    return new ChangeGuard(config.management().token(), isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static int balancers(HostConfig.Agent agent) {
    if (agent.balancers() < 1) {
      throw new ConfigurationException(
          "snowshed.agent.balancers is " + agent.balancers() + "; it has to be 1 or more.");
    }
    return agent.balancers();
  }

  void stop(@Disposes Ticker ticker) {
    ticker.close();
  }

  void stop(@Disposes Pulse pulse) {
    pulse.close();
  }

  void stop(@Disposes FleetView fleet) {
    fleet.close();
  }

  void stop(@Disposes HostDrills drills) {
    drills.close();
  }

  void stop(@Disposes FunctionHost functions) {
    functions.close();
  }

  void stop(@Disposes FunctionEndpoint endpoint) {
    endpoint.close();
  }
}
