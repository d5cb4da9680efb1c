package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.runtime.fleet.LeasesView;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.LeaseApi;
import dev.snowshed.runtime.testing.Poll;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged host with its own client of the Kubernetes API as its view of the fleet. */
class LeasesIT {
  private static final String FUNCTIONS =
      """
      public class Ill {
        @Function(name = "loop", timeout = "1s", execution = Execution.EVENT_LOOP)
        public String loop(Context context) {
          java.nio.file.Path end = java.nio.file.Path.of(context.configuration().get("end").orElseThrow());
          while (!java.nio.file.Files.exists(end)) Thread.onSpinWait();
          return "at last"; }
      }
      """;

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final FleetSettings FLEET =
      new FleetSettings(1 / 3.0, 0.5, Duration.ofSeconds(2), Duration.ofMinutes(5));

  @TempDir Path folder;

  @Test
  void leavesWhenTheOthersCanSpareItAndComesBackWhenTheApiIsGone() throws Exception {
    try (LeaseApi api = LeaseApi.start();
        LeasesView two = fellow(api, "two");
        LeasesView three = fellow(api, "three");
        HostProcess host = host(api)) {
      Poll.until("all known", () -> two.members().size() == 2 && three.members().size() == 2);
      Poll.until("fellows known", () -> host.lifecycle().get("fleet").get("members").size() == 2);
      assertEquals("READY", api.says("shop-one", "snowshed.dev/state"));

      CompletableFuture<HttpResponse<String>> call =
          host.client.sendAsync(
              HttpRequest.newBuilder(host.function("loop")).build(),
              HttpResponse.BodyHandlers.ofString());
      Poll.until("ejected", () -> host.state().equals("EJECTED"));
      assertEquals(503, host.health("ready"));
      Poll.until("told", () -> "false".equals(api.says("shop-one", "snowshed.dev/ready")));

      api.stop();
      Poll.until("in again", () -> host.health("ready") == 200);
      assertTrue(
          host.lifecycle().toString().contains("the fleet has become too small"), host.log());
      Poll.until(
          "held in", () -> host.lifecycle().get("heldIn").asText().contains("no other host"));
      assertEquals(200, host.health("ready"));

      Files.writeString(endFile(), "");
      Poll.until("ready", () -> host.state().equals("READY"));
      call.join();
    }
  }

  @Test
  void deletesItsLeaseWhenItEnds() throws Exception {
    try (LeaseApi api = LeaseApi.start();
        HostProcess host = host(api)) {
      Poll.until("lease", () -> api.leaseOrNull("shop-one") != null);
      host.terminate();
      assertEquals(0, host.exitCode());
      assertNull(api.leaseOrNull("shop-one"));
    }
  }

  private HostProcess host(LeaseApi api) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KUBERNETES_MASTER", api.address());
    environment.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    environment.put("SNOWSHED_FLEET_VIEW", "kubernetes");
    environment.put("SNOWSHED_FLEET_ID", "one");
    environment.put("SNOWSHED_FLEET_NAME", "shop");
    environment.put("SNOWSHED_FLEET_NAMESPACE", LeaseApi.NAMESPACE);
    environment.put("SNOWSHED_FLEET_INTERVAL", INTERVAL.toMillis() + "ms");
    environment.put("SNOWSHED_FLEET_STALE_AFTER", FLEET.staleAfter().toMillis() + "ms");
    environment.put("SNOWSHED_LIFECYCLE_STRAIN_AFTER", "250ms");
    environment.put("SNOWSHED_LIFECYCLE_EJECT_AFTER", "1s");
    environment.put("SNOWSHED_LIFECYCLE_RECOVERY", "500ms");
    environment.put("SNOWSHED_LIFECYCLE_SLOW_START", "500ms");
    return HostProcess.start(
        List.of("-Dsnowshed.function.loop.config.end=" + endFile()),
        environment,
        FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("ill.jar")));
  }

  private static LeasesView fellow(LeaseApi api, String id) {
    Lifecycle life =
        new Lifecycle(LifecycleSettings.DEFAULTS, FleetBudget.alone(), new Random(1), 0);
    life.warmed(0);
    LeasesView view =
        new LeasesView(
            id,
            "shop",
            Optional.of(LeaseApi.NAMESPACE),
            new MemberBudget(id, FLEET, LongUnaryOperator.identity()),
            () -> api.client(id),
            INTERVAL,
            FLEET.forgetAfter(),
            LongUnaryOperator.identity());
    view.start(life::status);
    return view;
  }

  private Path endFile() {
    return folder.resolve("end");
  }
}
