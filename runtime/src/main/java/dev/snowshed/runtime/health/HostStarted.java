package dev.snowshed.runtime.health;

import dev.snowshed.runtime.loading.FunctionHost;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once every bundle has been tried. */
@Startup
@Singleton
final class HostStarted implements AsyncHealthCheck {
  private final FunctionHost host;

  HostStarted(FunctionHost host) {
    this.host = host;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .item(HealthCheckResponse.named("functions loaded").status(host.isReady()).build());
  }
}
