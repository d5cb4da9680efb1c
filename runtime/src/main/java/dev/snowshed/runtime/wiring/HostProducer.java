package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.logging.CurrentCall;
import dev.snowshed.runtime.metrics.HostMeters;
import dev.snowshed.runtime.signals.MachineSignals;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.random.RandomGenerator;

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
      FunctionEndpoint endpoint,
      LimitMemory memory) {
    return new Ticker(controller, signals, endpoint, memory);
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
      FunctionRegistry registry) {
    return new HostMeters(meters, controller, signals, registry);
  }

  @Produces
  @Singleton
  FunctionHost functions(HostConfig config, FunctionRegistry registry, Doors doors) {
    return new FunctionHost(
        config.functions(),
        config.dev(),
        new ConfiguredSettings(config),
        registry,
        new CurrentCall(),
        doors);
  }

  @Produces
  @Singleton
  FunctionEndpoint endpoint(
      HostConfig config,
      FunctionRegistry registry,
      Doors doors,
      AdmissionController controller,
      HostMeters meters) {
    return new FunctionEndpoint(registry, doors, controller, meters, config.http());
  }

  void stop(@Disposes Ticker ticker) {
    ticker.close();
  }

  void stop(@Disposes FunctionHost functions) {
    functions.close();
  }

  void stop(@Disposes FunctionEndpoint endpoint) {
    endpoint.close();
  }
}
