package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.ConcurrencyBound;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.logging.CurrentCall;
import dev.snowshed.runtime.metrics.HostMeters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the host's parts from its configuration, and takes them apart again. */
final class HostProducer {

  @Produces
  @Singleton
  ConcurrencyBound gate(HostConfig config) {
    return new ConcurrencyBound(config.admission().maxConcurrency());
  }

  @Produces
  @Singleton
  FunctionRegistry registry() {
    return new FunctionRegistry();
  }

  @Produces
  @Singleton
  HostMeters meters(MeterRegistry meters, ConcurrencyBound gate, FunctionRegistry registry) {
    return new HostMeters(meters, gate, registry);
  }

  @Produces
  @Singleton
  FunctionHost functions(HostConfig config, FunctionRegistry registry, HostMeters meters) {
    return new FunctionHost(
        config.functions(),
        config.dev(),
        new ConfiguredSettings(config),
        registry,
        new CurrentCall(),
        meters);
  }

  @Produces
  @Singleton
  FunctionEndpoint endpoint(
      HostConfig config, FunctionRegistry registry, ConcurrencyBound gate, HostMeters meters) {
    return new FunctionEndpoint(registry, gate, meters, config.http());
  }

  void stop(@Disposes FunctionHost functions) {
    functions.close();
  }

  void stop(@Disposes FunctionEndpoint endpoint) {
    endpoint.close();
  }
}
