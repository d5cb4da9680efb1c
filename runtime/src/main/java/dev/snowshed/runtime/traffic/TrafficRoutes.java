package dev.snowshed.runtime.traffic;

import dev.snowshed.core.traffic.TrafficModel;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.management.ManagementAnswer;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /snowshed/traffic} on the management port. */
@Singleton
public final class TrafficRoutes {
  private final TrafficModel model;
  private final FleetView fleet;

  TrafficRoutes(TrafficModel model, FleetView fleet) {
    this.model = model;
    this.fleet = fleet;
  }

  void open(@Observes ManagementInterface management) {
    management
        .router()
        .get("/snowshed/traffic")
        .handler(
            context ->
                ManagementAnswer.json(
                    context, 200, TrafficListing.of(fleet.ownId(), model.snapshot())));
  }
}
