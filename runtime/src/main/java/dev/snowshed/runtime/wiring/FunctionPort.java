package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.http.FunctionEndpoint;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Puts the functions on the function port, in front of Quarkus REST, which has the front page.
 * Calls go past it because it costs 5 to 8 % of their throughput (docs/RATIONALE.md).
 */
@Singleton
final class FunctionPort {
  private static final int BEFORE_REST = 0;

  void open(@Observes Router router, FunctionEndpoint endpoint) {
    router
        .route()
        .order(BEFORE_REST)
        .handler(
            context -> {
              if (!endpoint.handle(context.request())) {
                context.next();
              }
            });
  }
}
