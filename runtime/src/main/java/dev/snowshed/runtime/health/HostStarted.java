package dev.snowshed.runtime.health;

import dev.snowshed.runtime.loading.FunctionHost;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once every bundle has been tried. */
@Startup
@Singleton
final class HostStarted implements HealthCheck {
  private final FunctionHost host;

  HostStarted(FunctionHost host) {
    this.host = host;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("functions loaded").status(host.isReady()).build();
  }
}
