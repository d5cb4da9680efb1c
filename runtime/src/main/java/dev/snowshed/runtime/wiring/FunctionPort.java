package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.http.FunctionEndpoint;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Puts the functions on the function port. */
@Singleton
final class FunctionPort {

  void open(@Observes Router router, FunctionEndpoint endpoint) {
    router.route().handler(context -> endpoint.handle(context.request()));
  }
}
