package dev.snowshed.benchmarks.peers;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Netflix concurrency-limits in front of {@link OverloadResource}: a windowed Gradient2 as its
 * builders make it, except for the largest limit. It refuses with 503 before the body is read.
 */
@Singleton
public class Gradient2Gate {

  /** Before whatever reads a body: filters run from the highest to the lowest. */
  private static final int FIRST = 1000;

  private final Limiter<Void> limiter;

  /**
   * @param maxConcurrency the largest limit; the builder's own is 200
   */
  Gradient2Gate(
      @ConfigProperty(name = "gradient2.max-concurrency", defaultValue = "200")
          int maxConcurrency) {
    limiter =
        SimpleLimiter.newBuilder()
            .limit(
                WindowedLimit.newBuilder()
                    .build(Gradient2Limit.newBuilder().maxConcurrency(maxConcurrency).build()))
            .build();
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, FIRST);
  }

  private void admit(RoutingContext routing) {
    if (!routing.normalizedPath().startsWith("/overload/")) {
      routing.next();
      return;
    }
    Optional<Limiter.Listener> permit = limiter.acquire(null);
    if (permit.isEmpty()) {
      routing.response().setStatusCode(503).end();
      return;
    }
    routing.addEndHandler(ended -> release(permit.get(), routing, ended));
    routing.next();
  }

  private static void release(
      Limiter.Listener permit, RoutingContext routing, AsyncResult<Void> ended) {
    if (ended.failed()) {
      permit.onDropped();
    } else if (routing.response().getStatusCode() >= 500) {
      permit.onIgnore();
    } else {
      permit.onSuccess();
    }
  }
}
