package dev.snowshed.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;

/** The ceiling: a Vert.x route with Jackson and nothing around it. */
@Singleton
public class RawRoute {
  private static final String JSON = "application/json";

  private final ObjectMapper mapper = new ObjectMapper();

  void register(@Observes Router router) {
    router.post("/raw").handler(BodyHandler.create(false)).handler(this::answer);
  }

  private void answer(RoutingContext routing) {
    try {
      Order order = mapper.readValue(routing.body().buffer().getBytes(), Order.class);
      routing
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(Buffer.buffer(mapper.writeValueAsBytes(order.receipt())));
    } catch (IOException e) {
      routing.fail(400, e);
    }
  }
}
