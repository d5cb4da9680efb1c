package dev.snowshed.runtime.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.management.ChangeGuard;
import dev.snowshed.runtime.management.ManagementAnswer;
import dev.snowshed.runtime.management.RequestBody;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The management port's routes of drills. */
@Singleton
public final class DrillRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "/snowshed/drills";
  private static final String ONE = ALL + "/:id";
  private static final int MAX_BODY_BYTES = 4 << 20;

  private final HostDrills drills;
  private final ChangeGuard guard;

  DrillRoutes(HostDrills drills, ChangeGuard guard) {
    this.drills = drills;
    this.guard = guard;
  }

  void open(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get(ALL).handler(this::list);
    router
        .post(ALL)
        .handler(
            guard.guarded(
                context ->
                    RequestBody.read(context, MAX_BODY_BYTES, body -> begin(context, body))));
    router.get(ONE).handler(context -> answer(context, drills.find(context.pathParam("id"))));
    router
        .delete(ONE)
        .handler(guard.guarded(context -> answer(context, drills.abort(context.pathParam("id")))));
  }

  private void list(RoutingContext context) {
    ManagementAnswer.json(context, 200, DrillListing.of(drills, System.nanoTime()));
  }

  private void begin(RoutingContext context, Buffer body) {
    try {
      Drill drill = drills.begin(DrillOrder.of(json(body)));
      context.response().putHeader("location", ALL + "/" + drill.id());
      ManagementAnswer.json(context, 201, DrillListing.of(drill, System.nanoTime()));
    } catch (IllegalArgumentException e) {
      ManagementAnswer.problem(context, 400, "bad-drill", String.valueOf(e.getMessage()));
    } catch (DrillProblem e) {
      ManagementAnswer.problem(context, e.status(), e.reason(), e.detail());
    }
  }

  private static JsonNode json(Buffer body) {
    try {
      return JSON.readTree(body.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void answer(RoutingContext context, Optional<Drill> drill) {
    if (drill.isPresent()) {
      ManagementAnswer.json(context, 200, DrillListing.of(drill.get(), System.nanoTime()));
    } else {
      ManagementAnswer.problem(
          context,
          404,
          "no-such-drill",
          "There is no drill '"
              + context.pathParam("id")
              + "' on this host; the last few are kept.");
    }
  }
}
