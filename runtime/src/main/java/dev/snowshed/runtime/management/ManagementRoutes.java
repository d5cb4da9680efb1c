package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.Tickets;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.fleet.PeersView;
import dev.snowshed.runtime.lifecycle.Drain;
import dev.snowshed.runtime.loading.BundleStatus;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.signals.MachineSignals;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The management port's own routes. */
@Singleton
public final class ManagementRoutes {
  private final FunctionHost functions;
  private final AdmissionController controller;
  private final Doors doors;
  private final MachineSignals signals;
  private final Lifecycle lifecycle;
  private final FleetView fleet;
  private final Drain drain;
  private final ChangeGuard guard;

  ManagementRoutes(
      FunctionHost functions,
      AdmissionController controller,
      Doors doors,
      MachineSignals signals,
      Lifecycle lifecycle,
      FleetView fleet,
      Drain drain,
      ChangeGuard guard) {
    this.functions = functions;
    this.controller = controller;
    this.doors = doors;
    this.signals = signals;
    this.lifecycle = lifecycle;
    this.fleet = fleet;
    this.drain = drain;
    this.guard = guard;
  }

  void open(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get("/snowshed/functions").handler(this::list);
    router.get("/snowshed/limits").handler(this::limits);
    router.get("/snowshed/lifecycle").handler(this::lifecycle);
    router.post("/snowshed/drain").handler(guard.guarded(this::drain));
    router.post("/snowshed/functions/:name/reload").handler(guard.guarded(this::reload));
    router.get("/health/liveness").handler(context -> context.reroute("/health/live"));
    router.get("/health/readiness").handler(context -> context.reroute("/health/ready"));
  }

  private void list(RoutingContext context) {
    ManagementAnswer.json(context, 200, FunctionListing.of(functions.statuses()));
  }

  private void limits(RoutingContext context) {
    ManagementAnswer.json(context, 200, LimitListing.of(controller, doors, signals));
  }

  private void lifecycle(RoutingContext context) {
    Tickets.parse(context.request().getHeader(PeersView.TICKET)).ifPresent(fleet.budget()::heard);
    ManagementAnswer.json(context, 200, lifecycle());
  }

  private ObjectNode lifecycle() {
    return LifecycleListing.of(lifecycle.status(), fleet, System.nanoTime());
  }

  /** Idempotent. */
  private void drain(RoutingContext context) {
    boolean _ = drain.begin("the host was told to drain");
    ManagementAnswer.json(context, 202, lifecycle());
  }

  private void reload(RoutingContext context) {
    String name = context.pathParam("name");
    CompletableFuture<Optional<BundleStatus>> _ =
        functions
            .reload(name)
            .whenComplete(
                (status, failure) ->
                    context
                        .vertx()
                        .getOrCreateContext()
                        .runOnContext(_ -> answerReload(context, name, status, failure)));
  }

  private static void answerReload(
      RoutingContext context,
      String name,
      Optional<BundleStatus> status,
      @Nullable Throwable failure) {
    if (failure != null) {
      context.fail(failure);
    } else if (status.isEmpty()) {
      ManagementAnswer.problem(
          context, 404, "no-such-function", "There is no function '" + name + "' on this host.");
    } else {
      int code = status.get().failure().isPresent() ? 422 : 200;
      ManagementAnswer.json(context, code, FunctionListing.bundle(status.get()));
    }
  }
}
