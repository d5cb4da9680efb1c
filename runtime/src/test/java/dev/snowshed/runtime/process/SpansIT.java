package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.DbClientAttributesGetter;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.semconv.HttpAttributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Functions that do not know the host's dependencies, but whose clients are instrumented: on the
 * packaged host, with the real instrumentation of a real HTTP client and of a real database.
 */
@SuppressWarnings("NullAway.Init")
class SpansIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  /** What the functions bring, beside the API that their instrumentation was made for. */
  private static final List<Class<?>> LIBRARIES =
      List.of(
          Instrumenter.class,
          DbClientAttributesGetter.class,
          HttpAttributes.class,
          JavaHttpClientTelemetry.class,
          JdbcTelemetry.class,
          JdbcDataSource.class);

  /** An older one than the host's. */
  private static final Path API = Path.of("target", "opentelemetry");

  private static final String FUNCTIONS =
      """
      public class Instrumented {
        private final io.opentelemetry.api.OpenTelemetry telemetry =
            io.opentelemetry.api.GlobalOpenTelemetry.get();
        private final java.net.http.HttpClient http =
            io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry.create(telemetry)
                .newHttpClient(java.net.http.HttpClient.newHttpClient());
        private final javax.sql.DataSource data;

        public Instrumented() {
          var h2 = new org.h2.jdbcx.JdbcDataSource();
          h2.setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
          data = io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry.create(telemetry)
              .wrap(h2);
        }

        private java.net.http.HttpRequest get(String uri) {
          return java.net.http.HttpRequest.newBuilder(java.net.URI.create(uri)).build();
        }

        @Function(name = "ask") public String ask(String uri) throws Exception {
          return "" + http.send(get(uri), java.net.http.HttpResponse.BodyHandlers.ofString())
              .statusCode();
        }

        @Function(name = "ask-later", execution = Execution.EVENT_LOOP)
        public java.util.concurrent.CompletionStage<String> askLater(String uri) {
          return http.sendAsync(get(uri), java.net.http.HttpResponse.BodyHandlers.ofString())
              .thenApply(answer -> "" + answer.statusCode());
        }

        @Function(name = "ask-through") public String through(String uri, Context context)
            throws Exception {
          return context.dependency("catalog").call(() -> ask(uri));
        }

        @Function(name = "store") public String store(String sql) throws Exception {
          try (var connection = data.getConnection(); var statement = connection.createStatement()) {
            return "" + statement.execute(sql);
          } catch (java.sql.SQLException e) {
            return "failed";
          }
        }

        @Function(name = "own") public String own() {
          io.opentelemetry.api.trace.Span span = io.opentelemetry.api.GlobalOpenTelemetry
              .getTracer("own").spanBuilder("fetch")
              .setSpanKind(io.opentelemetry.api.trace.SpanKind.CLIENT)
              .setAttribute("peer.service", "warehouse").startSpan();
          try {
            return "fetched";
          } finally {
            span.end();
          }
        }

        @Function(name = "own-too") public String ownToo() {
          return own();
        }
      }
      """;

  private static final List<String> HEARD = new CopyOnWriteArrayList<>();

  private static HttpServer server;
  private static HostProcess host;

  @BeforeAll
  static void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            HEARD.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(
                Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
          }
        });
    server.start();
    host = HostProcess.start(List.of(), Map.of(), bundle());
  }

  /** A folder with the functions' jar and its libraries. */
  private static Path bundle() throws IOException, URISyntaxException {
    Path folder = Files.createTempDirectory("snowshed-spans-");
    FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("instrumented.jar"));
    for (Class<?> each : LIBRARIES) {
      Path jar = Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
      Files.copy(jar, folder.resolve(jar.getFileName().toString()));
    }
    try (Stream<Path> api = Files.list(API)) {
      for (Path jar : api.toList()) {
        Files.copy(jar, folder.resolve(jar.getFileName().toString()));
      }
    }
    return folder;
  }

  @AfterAll
  static void stop() {
    host.close();
    server.stop(0);
  }

  private static String serverName() {
    return "127.0.0.1_" + server.getAddress().getPort();
  }

  private static String uri(int status) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + status;
  }

  private static void call(String function, String input, String answer) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(host.function(function))
            .header("Content-Type", "text/plain")
            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
            .POST(HttpRequest.BodyPublishers.ofString(input))
            .build();
    HttpResponse<String> response = host.send(request);
    assertEquals(200, response.statusCode(), () -> response.body() + host.log());
    assertEquals(answer, response.body());
  }

  /** The dependencies that are known of a function, by name. */
  private static Map<String, JsonNode> dependencies(String function) throws Exception {
    Map<String, JsonNode> found = new TreeMap<>();
    for (JsonNode each :
        JSON.readTree(host.management("/snowshed/dependencies")).path("functions")) {
      if (each.path("name").asText().equals(function)) {
        each.path("dependencies").forEach(one -> found.put(one.path("name").asText(), one));
      }
    }
    return found;
  }

  private static String sources(String function, String name) throws Exception {
    return Objects.requireNonNull(dependencies(function).get(name)).path("sources").toString();
  }

  private static void assertSeen(String function, String name, int calls, int failures)
      throws Exception {
    Map<String, JsonNode> found = dependencies(function);
    assertEquals(List.of(name), List.copyOf(found.keySet()));
    JsonNode seen = Objects.requireNonNull(found.get(name));
    assertEquals(calls, seen.path("calls").asInt(), seen::toString);
    assertEquals(failures, seen.path("failures").asInt(), seen::toString);
    assertTrue(seen.path("p50Millis").asDouble() > 0, seen::toString);
  }

  @Test
  void showsWhatAnInstrumentedHttpClientCalls() throws Exception {
    HEARD.clear();
    for (int status : new int[] {200, 200, 404, 503}) {
      call("ask", uri(status), "" + status);
    }

    assertSeen("ask", serverName(), 4, 1);
    assertEquals(4, HEARD.size());
    assertTrue(
        HEARD.stream().allMatch(sent -> sent.matches("00-" + TRACE + "-.{16}-01")), "" + HEARD);
    assertEquals("[\"spans\"]", sources("ask", serverName()));
  }

  @Test
  void showsWhatIsCalledWithoutAThread() throws Exception {
    call("ask-later", uri(200), "200");
    call("ask-later", uri(503), "503");

    assertSeen("ask-later", serverName(), 2, 1);
  }

  @Test
  void countsWhatGoesThroughADependencyOnce() throws Exception {
    call("ask-through", uri(200), "200");

    assertSeen("ask-through", "catalog", 1, 0);
    assertEquals("[\"calls\"]", sources("ask-through", "catalog"));
  }

  @Test
  void showsAnInstrumentedDatabase() throws Exception {
    call("store", "create table item(sku varchar)", "false");
    call("store", "select * from item", "true");
    call("store", "select * from nothing", "failed");

    assertSeen("store", "h2.shop", 3, 1);
  }

  @Test
  void showsSpansThatAFunctionMakesItself() throws Exception {
    call("own", "", "fetched");

    assertSeen("own", "warehouse", 1, 0);
  }

  @Test
  void saysThatADrillCannotReachThem() throws Exception {
    call("own-too", "", "fetched");

    HttpResponse<String> refused =
        drill("{\"function\":\"own-too\",\"dependencies\":[\"warehouse\"]");
    assertEquals(422, refused.statusCode());
    assertEquals("out-of-reach", JSON.readTree(refused.body()).path("reason").asText());
    assertTrue(refused.body().contains("context.dependency(name)"), refused.body());

    HttpResponse<String> empty = drill("{\"function\":\"own-too\"");
    assertEquals(201, empty.statusCode(), empty.body());
    String id = JSON.readTree(empty.body()).path("id").asText();
    Poll.until("the drill has ended", () -> !drillOf(id).path("state").asText().equals("running"));
    JsonNode drill = drillOf(id);
    assertEquals("failed", drill.path("state").asText());
    assertTrue(drill.path("reason").asText().contains("warehouse"), drill.toString());
    assertEquals("[\"warehouse\"]", drill.path("outOfReach").toString());
  }

  private static JsonNode drillOf(String id) throws Exception {
    return JSON.readTree(host.management("/snowshed/drills/" + id));
  }

  private static HttpResponse<String> drill(String order) throws Exception {
    return host.send(
        HttpRequest.newBuilder(host.managementUri("/snowshed/drills"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    order + ",\"requests\":[{\"body\":\"\"}]}", StandardCharsets.UTF_8))
            .build());
  }

  @Test
  void loadsNothingOfItForFunctionsThatDoWithout() throws Exception {
    Path log = Files.createTempFile("snowshed-classes-", ".log");
    try (HostProcess plain =
        HostProcess.start(
            List.of("-Xlog:class+load:file=" + log), Map.of(), HostProcess.sample("greeting"))) {
      HttpRequest request = HttpRequest.newBuilder(plain.function("greeting?name=Ada")).build();
      plain.send(request);
      plain.management("/snowshed/dependencies");
    }
    String classes = Files.readString(log);
    assertTrue(
        classes.contains("dev.snowshed.runtime.http.Call "), "the log has the host's classes");
    assertFalse(classes.contains("io.opentelemetry."), "a class of OpenTelemetry was loaded");
  }
}
