package dev.snowshed.runtime.health;

import dev.snowshed.core.lifecycle.Cause;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.runtime.lifecycle.StartUp;
import dev.snowshed.runtime.loading.BundleStatus;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.loading.FunctionRegistry;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the host's life is in a state that is, and some function is served, unless there was
 * none to be. Answers from what is known, on the thread that asks: it waits for nothing.
 */
@Readiness
@Singleton
final class HostReadiness implements AsyncHealthCheck {
  private final Lifecycle lifecycle;
  private final StartUp startUp;
  private final FunctionHost host;
  private final FunctionRegistry registry;

  HostReadiness(
      Lifecycle lifecycle, StartUp startUp, FunctionHost host, FunctionRegistry registry) {
    this.lifecycle = lifecycle;
    this.startUp = startUp;
    this.host = host;
    this.registry = registry;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(response());
  }

  private HealthCheckResponse response() {
    LifecycleStatus status = lifecycle.status();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("functions")
            .status(status.isReady() && startUp.isServing())
            .withData("loaded", registry.functions().size())
            .withData("state", status.state().name().toLowerCase(Locale.ROOT));
    for (Cause cause : status.causes()) {
      response.withData(cause.kind().label(), cause.evidence());
    }
    status.heldIn().ifPresent(reason -> response.withData("held-in", reason));
    for (BundleStatus bundle : host.statuses()) {
      bundle
          .failure()
          .ifPresent(
              failure -> response.withData(bundle.location().name(), failure.problem().label()));
    }
    return response.build();
  }
}
