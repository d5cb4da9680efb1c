package dev.snowshed.runtime.management;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Route;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Leaves the bodies of requests to the management port to those who ask for them. Quarkus reads
 * each before any route, up to {@code quarkus.management.limits.max-body-size}: also those of
 * requests that are refused, and none that is longer. There is no setting against it; the handler
 * is the router's first route.
 */
@Singleton
public final class UnreadBodies {
  void open(@Observes @Priority(1) ManagementInterface management) {
    Route reader = management.router().getRoutes().getFirst();
    if (reader.getPath() != null) {
      throw new IllegalStateException("the first route is not Quarkus' body handler: " + reader);
    }
    reader.remove();
  }
}
