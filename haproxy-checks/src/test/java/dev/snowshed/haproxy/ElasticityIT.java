package dev.snowshed.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus with the rules of {@code deploy/prometheus} reads real hosts behind the real
 * HAProxy under load; and everything in {@code deploy/} that names a metric names one that is
 * there.
 */
class ElasticityIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FUNCTION = "greeting";
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final int HOSTS = 2;

  /** What a host that has just begun does not know, and so does not show. */
  private static final Set<String> ABSENT_AT_FIRST =
      Set.of(
          "snowshed_traffic_cost_host_seconds",
          "snowshed_traffic_estimate_age_seconds",
          "snowshed_traffic_forecast",
          "snowshed_traffic_host_utilization",
          "snowshed_traffic_safe_concurrency",
          "snowshed_traffic_safe_latency_seconds",
          "snowshed_traffic_safe_throughput",
          "snowshed_traffic_utilization");

  @TempDir private Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<RealHost> hosts = new ArrayList<>();

  @AfterEach
  void stop() {
    hosts.forEach(RealHost::close);
    client.shutdownNow();
  }

  @Test
  void tellsTheFleetsDemandAndNamesOnlyMetricsThatAreThere() throws Exception {
    Haproxy.HostPorts ports = Haproxy.HostPorts.free();
    List<String> targets = new ArrayList<>();
    for (int number = 1; number <= HOSTS; number++) {
      hosts.add(RealHost.start(number, ports, folder));
      targets.add(Haproxy.address(number) + ':' + ports.management());
    }
    for (RealHost host : hosts) {
      host.awaitReady(client);
    }
    try (Haproxy haproxy =
            Haproxy.start(
                ROOT, folder, new Haproxy.Setup(HOSTS, ports, FUNCTION, UnaryOperator.identity()));
        Prometheus prometheus =
            Prometheus.start(
                ROOT.resolve("deploy/prometheus"),
                folder,
                client,
                targets,
                List.of(haproxy.metrics().getAuthority()))) {
      for (int number = 1; number <= HOSTS; number++) {
        Duration _ = haproxy.await(FUNCTION, number, BOUND, ServerState::inRotation);
      }
      List<Callers.Call> calls = observe(haproxy, prometheus);
      assertEquals(calls.size(), requestsThatHaproxyCounted(haproxy), "refused ones included");
      checkRules(prometheus);
      checkNames(prometheus);
      checkDashboard(prometheus);
    }
  }

  private List<Callers.Call> observe(Haproxy haproxy, Prometheus prometheus) throws Exception {
    URI function = URI.create(haproxy.uri() + "/functions/" + FUNCTION);
    try (Callers callers = new Callers(client, function)) {
      double perSecond =
          prometheus.await("snowshed:demand:rate20s{function=\"greeting\"}", rate -> rate > 5);
      assertTrue(perSecond <= 60, "50 per second are sent, not " + perSecond);
      double _ = prometheus.await("snowshed:instances:ready", ready -> ready == HOSTS);
      double _ = prometheus.await("snowshed:answered_total:rate5s", rate -> rate > 5);
      double _ = prometheus.await("snowshed:demand_total:rate5s", rate -> rate > 5);
      double _ =
          prometheus.await(
              "sum(snowshed_traffic_offered_total{function=\"greeting\"})", n -> n > 5);
      checkUnknownIsAbsent(prometheus);
      List<Callers.Call> calls = new ArrayList<>(refuse(function, prometheus));
      calls.addAll(callers.finish());
      return calls;
    }
  }

  /** As many again that are refused: they are demanded as well. */
  private List<Callers.Call> refuse(URI function, Prometheus prometheus) throws Exception {
    try (Callers late = Callers.withoutTime(client, function)) {
      double _ =
          prometheus.await("snowshed:demand:rate20s{function=\"greeting\"}", rate -> rate > 65);
      double _ =
          prometheus.await(
              "sum(rate(snowshed_function_rejections_total{function=\"greeting\"}[20s]))",
              rate -> rate > 5);
      List<Callers.Call> refused = late.finish();
      for (Callers.Call call : refused) {
        assertTrue(call.end().startsWith("504 "), call.end());
      }
      return refused;
    }
  }

  /**
   * Hosts that know no cost show none, and then no number of instances is made of it: what is
   * wanted is what would do, which is less than there is.
   */
  private static void checkUnknownIsAbsent(Prometheus prometheus) throws Exception {
    double _ = prometheus.await("max(snowshed:demand_known:share)", share -> share >= 0);
    if (prometheus.series("snowshed:cost_host_seconds:last1h").isEmpty()) {
      assertNone(
          prometheus, "snowshed:instances:wanted unless on (fleet) snowshed:instances:enough");
      assertNone(prometheus, "snowshed:instances:wanted != on (fleet) snowshed:instances:enough");
      assertNone(prometheus, "snowshed:instances:wanted >= on (fleet) snowshed:instances:ready");
    } else {
      double _ = prometheus.await("snowshed:instances:wanted", wanted -> wanted >= 1);
    }
    for (JsonNode series : prometheus.series("{__name__=~\"snowshed_traffic_.+\"}")) {
      assertNotEquals("NaN", series.at("/value/1").asText(), series.toString());
    }
  }

  private static void assertNone(Prometheus prometheus, String expression) throws Exception {
    assertEquals(List.of(), prometheus.series(expression), expression);
  }

  private long requestsThatHaproxyCounted(Haproxy haproxy) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(haproxy.metrics()).timeout(BOUND).build();
    String wanted = "haproxy_backend_http_requests_total{proxy=\"" + FUNCTION + "\"} ";
    return client
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(wanted))
        .mapToLong(line -> Long.parseLong(line.substring(wanted.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void checkRules(Prometheus prometheus) throws Exception {
    int rules = 0;
    for (JsonNode group : prometheus.get("rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        assertEquals("ok", rule.path("health").asText(), rule.toString());
        rules++;
      }
    }
    assertTrue(rules >= 15, "only " + rules);
  }

  private static void checkNames(Prometheus prometheus) throws Exception {
    Set<String> there = new TreeSet<>();
    prometheus.get("label/__name__/values").forEach(name -> there.add(name.asText()));
    String documented = Files.readString(ROOT.resolve("docs/metrics.md"));
    Map<String, String> expressions = Expressions.of(ROOT.resolve("deploy"));
    Set<String> recorded = new TreeSet<>();
    expressions.keySet().forEach(place -> recorded.add(place.replaceFirst("^rule ", "")));
    expressions.forEach(
        (place, expression) -> {
          Set<String> names = Expressions.metrics(expression);
          names.removeIf(
              name ->
                  there.contains(name)
                      || recorded.contains(name)
                      || (ABSENT_AT_FIRST.contains(name) && documented.contains("`" + name + "`")));
          assertEquals(Set.of(), names, place + " names what is not there: " + expression);
        });
    assertTrue(there.contains("haproxy_backend_http_requests_total"), there.toString());
  }

  private static void checkDashboard(Prometheus prometheus) throws IOException {
    Map<String, String> panels = Expressions.dashboard(ROOT.resolve("deploy"));
    assertFalse(panels.isEmpty());
    panels.forEach(
        (panel, expression) -> {
          try {
            List<JsonNode> _ = prometheus.series(expression.replace("$__rate_interval", "10s"));
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(panel + ": " + expression, e);
          }
        });
  }
}
