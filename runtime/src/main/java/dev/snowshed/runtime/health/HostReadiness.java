package dev.snowshed.runtime.health;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.loading.BundleStatus;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once every bundle has been tried and, unless there was none, one of them serves; no longer
 * while the host drains.
 */
@Readiness
@Singleton
final class HostReadiness implements HealthCheck {
  private final FunctionHost host;
  private final FunctionRegistry registry;
  private final AdmissionController gate;

  HostReadiness(FunctionHost host, FunctionRegistry registry, AdmissionController gate) {
    this.host = host;
    this.registry = registry;
    this.gate = gate;
  }

  @Override
  public HealthCheckResponse call() {
    boolean serves =
        !registry.functions().isEmpty()
            || host.statuses().stream().allMatch(status -> status.failure().isEmpty());
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("functions")
            .status(host.isReady() && serves && !gate.isClosed())
            .withData("loaded", registry.functions().size())
            .withData("draining", gate.isClosed());
    for (BundleStatus status : host.statuses()) {
      status
          .failure()
          .ifPresent(
              failure -> response.withData(status.location().name(), failure.problem().label()));
    }
    return response.build();
  }
}
