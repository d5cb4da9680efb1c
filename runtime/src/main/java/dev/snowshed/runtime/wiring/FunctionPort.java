package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.http.DevGate;
import dev.snowshed.runtime.http.FunctionEndpoint;
import dev.snowshed.runtime.loading.FunctionHost;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Puts the functions on the function port, in front of Quarkus REST, which has the front page.
 * Calls go past it because it costs 5 to 8 % of their throughput (docs/RATIONALE.md).
 */
@Singleton
final class FunctionPort {
  private static final int BEFORE_REST = 0;

  void open(@Observes Router router, FunctionEndpoint endpoint, FunctionHost functions) {
    Handler<RoutingContext> calls =
        context -> {
          if (!endpoint.handle(context.request())) {
            context.request().resume();
            context.next();
          }
        };
    DevGate gate = new DevGate(functions);
    router
        .route()
        .order(BEFORE_REST)
        .handler(
            functions.isDevelopment()
                ? context -> gate.whenCurrent(context.request(), () -> calls.handle(context))
                : calls);
  }
}
