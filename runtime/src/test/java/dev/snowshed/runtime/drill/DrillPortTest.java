package dev.snowshed.runtime.drill;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.snowshed.runtime.dependency.Drills;
import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.Poll;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Drills over HTTP, of a function that cannot do without its stock and, though declared weak, not
 * without advice, and can do without offers.
 */
@QuarkusTest
@TestProfile(DrillPortTest.Shop.class)
class DrillPortTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 1000;
  private static final Set<String> ERRORS =
      Set.of("function-failed", "dependency-unavailable", "deadline-exceeded");
  private static final String REQUESTS = ",'requests':[{}]";

  /** The headers that the stock was asked with. */
  private static final Set<String> ASKED_WITH = ConcurrentHashMap.newKeySet();

  private static final AtomicInteger ASKED = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static HttpServer stock;

  @TestHTTPResource("/functions/")
  URI functions;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A host with that function. */
  public static final class Shop implements QuarkusTestProfile {
    private static final String SOURCE =
        """
        public class Shop {
          @Function(name = "sell", timeout = "1s")
          @DependsOn(value = "stock", strength = Strength.STRONG)
          @DependsOn(value = "advice", strength = Strength.WEAK)
          @DependsOn(value = "offers", timeout = "100ms")
          public String sell(Context context) throws Exception {
            var ask = java.net.http.HttpRequest.newBuilder(
                java.net.URI.create(System.getProperty("test.stock"))).build();
            String stock = context.dependency("stock").http()
                .send(ask, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
            String offer = context.dependency("offers").call(() -> " 20% off", failure -> "");
            return stock + offer + context.dependency("advice").call(() -> " steep it");
          }
          @Function(name = "either")
          @DependsOn(value = "first", strength = Strength.WEAK)
          @DependsOn(value = "second", strength = Strength.WEAK)
          public String either(Context context) throws Exception {
            var first = context.dependency("first");
            var second = context.dependency("second");
            return first.call(() -> "1", failure -> second.call(() -> "2"))
                + second.call(() -> "2", failure -> first.call(() -> "1"));
          }
          @Function(name = "pay", timeout = "1s")
          @DependsOn(value = "till", strength = Strength.STRONG, maxConcurrent = 1)
          public String pay(Context context) throws Exception {
            return context.dependency("till").call(() -> "paid");
          }
          @Function(name = "rest") public String rest() { return "rested"; }
          @Function(name = "found") public String found(Context context) throws Exception {
            return context.dependency("undeclared").call(() -> "found");
          }
          @Function(name = "fail") public String fail() {
            throw new ProblemException(422, "never good enough");
          }
        }
        """;

    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path folder = Files.createTempDirectory("snowshed-drill-");
        Path jar = FunctionJar.of(SOURCE).writeTo(folder.resolve("shop.jar"));
        return Map.of(
            "snowshed.functions.paths", jar.toString(), "snowshed.function.found.warmup", "/");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeAll
  static void open() throws IOException {
    stock = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stock.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .keySet()
              .forEach(name -> ASKED_WITH.add(name.toLowerCase(java.util.Locale.ROOT)));
          ASKED.incrementAndGet();
          byte[] body = "tea".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    stock.start();
    System.setProperty("test.stock", "http://127.0.0.1:" + stock.getAddress().getPort() + "/");
  }

  @AfterAll
  static void close() {
    stock.stop(0);
    System.clearProperty("test.stock");
  }

  @AfterEach
  void endAll() throws Exception {
    for (JsonNode drill :
        JSON.readTree(drills().get("/snowshed/drills").asString()).get("drills")) {
      drills().delete("/snowshed/drills/" + drill.get("id").asText()).then().statusCode(200);
    }
    client.close();
  }

  private static RequestSpecification drills() {
    return given().port(9001);
  }

  private static Response begin(String order) {
    return drills()
        .contentType("application/json")
        .body("{" + order.replace('\'', '"') + "}")
        .post("/snowshed/drills");
  }

  private static String begun(String order) {
    return begin(order).then().statusCode(201).extract().path("id");
  }

  private static JsonNode drill(String id) throws Exception {
    return JSON.readTree(drills().get("/snowshed/drills/" + id).asString());
  }

  private static JsonNode ended(String id) throws Exception {
    Poll.until("drill ended", () -> !drill(id).get("state").asText().equals("running"));
    return drill(id);
  }

  private int sell(String... headers) throws Exception {
    return call("sell", headers);
  }

  private int call(String function, String... headers) throws Exception {
    return ask(function, headers).statusCode();
  }

  private HttpResponse<String> ask(String function, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(functions.resolve(function));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode dependency(JsonNode drill, String name) {
    return named(drill.at("/report/dependencies"), "name", name);
  }

  /** The index of the treatment that lets a dependency fail. */
  private static int treatment(JsonNode drill, String dependency) {
    Predicate<JsonNode> wanted =
        each -> each.get("dependencies").path(0).asText().equals(dependency);
    JsonNode treatments = drill.get("treatments");
    for (int i = 0; i < treatments.size(); i++) {
      if (wanted.test(treatments.get(i))) {
        return i;
      }
    }
    throw new AssertionError(dependency + " is not in " + drill);
  }

  @Test
  void findsWhatTheFunctionCannotDoWithout() throws Exception {
    JsonNode drill =
        ended(
            begun("'function':'sell','faults':['error','delay:10ms'],'repetitions':80" + REQUESTS));

    assertEquals("finished", drill.get("state").asText(), drill::toString);
    assertEquals("strong", dependency(drill, "stock").get("verdict").asText(), drill::toString);
    assertFalse(dependency(drill, "stock").get("mismatch").asBoolean(), drill::toString);
    assertEquals("weak", dependency(drill, "offers").get("verdict").asText(), drill::toString);
    assertEquals("weak", dependency(drill, "advice").get("declared").asText());
    assertEquals("strong", dependency(drill, "advice").get("verdict").asText(), drill::toString);
    assertEquals("[\"advice\"]", drill.at("/report/declaredWeakBehavesStrong").toString());
    assertEquals(0, drill.at("/report/control/failed").asInt());
    assertTrue(drill.at("/report/control/calls").asInt() >= 80, drill::toString);
    assertEquals(
        drill.at("/progress/of").asInt(), drill.at("/progress/done").asInt(), drill::toString);
  }

  @Test
  void triesTwoAtOnceIfAsked() throws Exception {
    JsonNode drill =
        ended(
            begun(
                "'function':'sell','dependencies':['offers','advice'],'faults':['error'],"
                    + "'repetitions':12,'pairs':true"
                    + REQUESTS));

    assertEquals(1, drill.at("/report/pairs").size(), drill::toString);
    assertEquals("strong", drill.at("/report/pairs/0/verdict").asText(), drill::toString);
    assertEquals(2, drill.at("/report/dependencies").size());
  }

  @Test
  void findsTwoThatFallBackOnEachOther() throws Exception {
    JsonNode drill = ended(begun("'function':'either','faults':['error'],'pairs':true" + REQUESTS));

    for (String alone : List.of("first", "second")) {
      assertFalse(dependency(drill, alone).get("mismatch").asBoolean(), drill::toString);
      assertEquals(60, dependency(drill, alone).get("calls").asInt(), drill::toString);
    }
    assertEquals("first + second", drill.at("/report/pairs/0/name").asText());
    assertEquals("weak", drill.at("/report/pairs/0/declared").asText());
    assertEquals("strong", drill.at("/report/pairs/0/verdict").asText(), drill::toString);
    assertEquals("[\"first + second\"]", drill.at("/report/declaredWeakBehavesStrong").toString());
  }

  @Test
  void makesNoMoreCallsThatHangThanItNeeds() throws Exception {
    JsonNode drill =
        ended(begun("'function':'sell','dependencies':['stock'],'faults':['hang']" + REQUESTS));

    assertEquals("finished", drill.get("state").asText(), drill::toString);
    assertEquals("strong", dependency(drill, "stock").get("verdict").asText(), drill::toString);
    int calls = dependency(drill, "stock").get("calls").asInt();
    assertTrue(calls >= 10 && calls < 60, drill::toString);
    assertEquals(
        drill.at("/progress/of").asInt(), drill.at("/progress/done").asInt(), drill::toString);
  }

  @Test
  void findsUndeclaredDependenciesWithTheHostsOwnRequest() throws Exception {
    JsonNode drill = ended(begun("'function':'found','faults':['error'],'repetitions':12"));

    assertEquals("strong", dependency(drill, "undeclared").get("verdict").asText());
    assertEquals("undeclared", dependency(drill, "undeclared").get("declared").asText());
    assertEquals("[]", drill.at("/report/declaredWeakBehavesStrong").toString());
  }

  @Test
  void leavesUnmarkedCallsAlone() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Set<Integer>>> others = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      others.add(
          CompletableFuture.supplyAsync(
              () -> {
                Set<Integer> statuses = new TreeSet<>();
                while (!over.get()) {
                  try {
                    statuses.add(sell());
                    calls.incrementAndGet();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                }
                return statuses;
              }));
    }
    Poll.until("others call", () -> calls.get() > 0);
    int before = calls.get();
    int limit = limits().get("limit").asInt();

    JsonNode drill =
        ended(begun("'function':'sell','faults':['error','hang'],'repetitions':5" + REQUESTS));

    int during = calls.get() - before;
    String report = ask("sell").headers().firstValue("endpoint-load-metrics").orElseThrow();
    over.set(true);
    for (CompletableFuture<Set<Integer>> other : others) {
      assertEquals(Set.of(200), other.get());
    }
    assertTrue(during > 0, "calls during the drill");
    assertTrue(dependency(drill, "advice").get("calls").asInt() > 0, drill::toString);
    assertEquals(limit, limits().get("limit").asInt());
    double slowest = limits().get("p99RunMillis").asDouble();
    assertTrue(slowest < TIMEOUT_MILLIS / 2.0, "admission learnt " + slowest + " ms");
    assertTrue(report.endsWith(",eps=0.000"), report);
    Set<String> outcomes = outcomes("sell");
    assertTrue(outcomes.contains("drilled"), outcomes::toString);
    assertTrue(Collections.disjoint(outcomes, ERRORS), outcomes::toString);
  }

  @Test
  void leavesPlacesAndBreakersAloneWhileItHangs() throws Exception {
    String id = begun("'function':'pay','faults':['hang'],'requests':[]");
    List<CompletableFuture<HttpResponse<String>>> hanging = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      HttpRequest marked =
          HttpRequest.newBuilder(functions.resolve("pay"))
              .header(Drills.HEADER, id + ";1")
              .header("X-Request-Timeout", "100")
              .build();
      hanging.add(client.sendAsync(marked, BodyHandlers.ofString()));
      assertEquals(200, call("pay"), "another call");
    }

    for (CompletableFuture<HttpResponse<String>> each : hanging) {
      assertTrue(each.get().statusCode() >= 503, () -> each.join().toString());
    }
    assertEquals(200, call("pay"));
    JsonNode till = onTheMap("pay", "till");
    assertEquals(0, till.get("failures").asInt() + till.get("refused").asInt(), till::toString);
    assertEquals("closed", till.get("breaker").asText(), till::toString);
  }

  private static Set<String> outcomes(String function) {
    return drills()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("snowshed_function_requests_seconds_count{"))
        .filter(line -> line.contains("function=\"" + function + "\""))
        .map(line -> line.replaceAll(".*outcome=\"([^\"]*)\".*", "$1"))
        .collect(Collectors.toSet());
  }

  private static JsonNode limits() throws Exception {
    JsonNode functions =
        JSON.readTree(drills().get("/snowshed/limits").asString()).get("functions");
    return named(functions, "function", "sell");
  }

  private static JsonNode onTheMap(String function, String dependency) throws Exception {
    JsonNode map = JSON.readTree(drills().get("/snowshed/dependencies").asString());
    JsonNode known = named(map.get("functions"), "name", function).get("dependencies");
    return named(known, "name", dependency);
  }

  private static JsonNode named(JsonNode all, String field, String name) {
    return StreamSupport.stream(all.spliterator(), false)
        .filter(each -> each.get(field).asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + all));
  }

  @Test
  void obeysOnlyTheMarksOfTheDrillThatRuns() throws Exception {
    assertEquals(200, sell(Drills.HEADER, "0123456789abcdef;1"));
    String id = begun("'function':'sell','faults':['error'],'requests':[]");
    int advice = treatment(drill(id), "advice");
    assertEquals(503, sell(Drills.HEADER, id + ";" + advice));
    assertEquals(200, sell());
    assertEquals(200, sell(Drills.HEADER, id + ";0"));
    for (String mark :
        new String[] {
          "0123456789abcdef;" + advice,
          id + ";99",
          id + ";-1",
          id + ";x",
          id,
          ";" + advice,
          advice + ";" + id
        }) {
      assertEquals(200, sell(Drills.HEADER, mark), mark);
    }
    assertEquals(200, call("found", Drills.HEADER, id + ";" + advice));

    drills().delete("/snowshed/drills/" + id).then().statusCode(200).body("state", is("aborted"));
    assertEquals(200, sell(Drills.HEADER, id + ";" + advice));
  }

  @Test
  void countsTheCallsThatOthersMark() throws Exception {
    String id =
        begun("'function':'sell','dependencies':['advice'],'faults':['error'],'requests':[]");
    for (int i = 0; i < 3; i++) {
      assertEquals(503, sell(Drills.HEADER, id + ";1"));
    }
    assertEquals(200, sell(Drills.HEADER, id + ";0"));

    Poll.until("noted", () -> drill(id).at("/report/control/calls").asInt() == 1);
    Poll.until("noted", () -> dependency(drill(id), "advice").get("calls").asInt() == 3);
    assertEquals(3, drill(id).at("/report/treatments/0/failed").asInt());
  }

  @Test
  void doesNotPassTheMarkOn() throws Exception {
    int before = ASKED.get();
    JsonNode drill =
        ended(begun("'function':'sell','faults':['error'],'repetitions':3" + REQUESTS));

    assertEquals("finished", drill.get("state").asText());
    assertTrue(ASKED.get() > before, "the stock was asked by marked calls");
    assertFalse(ASKED_WITH.contains("x-snowshed-drill"), ASKED_WITH::toString);
    assertTrue(ASKED_WITH.contains("traceparent"), ASKED_WITH::toString);
  }

  @Test
  void runsOneAtATimeAndEndsWhenTold() throws Exception {
    String id =
        begun(
            "'function':'sell','faults':['hang'],'dependencies':['stock'],'repetitions':1000"
                + REQUESTS);
    begin("'function':'sell'" + REQUESTS)
        .then()
        .statusCode(409)
        .body("reason", is("drill-running"))
        .body("detail", containsString(id));

    drills()
        .delete("/snowshed/drills/" + id)
        .then()
        .statusCode(200)
        .body("state", is("aborted"))
        .body("reason", containsString("ended before its time"));

    assertEquals(200, sell());
    ended(begun("'function':'sell','faults':['error'],'repetitions':1" + REQUESTS));
  }

  @Test
  void endsInTime() throws Exception {
    JsonNode drill =
        ended(
            begun(
                "'function':'sell','faults':['hang'],'dependencies':['stock'],'repetitions':1000,"
                    + "'maxSeconds':1"
                    + REQUESTS));

    assertEquals("out-of-time", drill.get("state").asText());
    assertTrue(drill.get("reason").asText().contains("maxSeconds"), drill::toString);
  }

  @Test
  void needsRequestsThatSucceedAndCallSomething() throws Exception {
    JsonNode bad = ended(begun("'function':'fail','dependencies':['x']" + REQUESTS));
    assertEquals("failed", bad.get("state").asText());
    assertTrue(
        bad.get("reason")
            .asText()
            .startsWith("GET /functions/fail, sent as it is, was answered with 422"),
        bad::toString);

    JsonNode idle = ended(begun("'function':'rest'" + REQUESTS));
    assertEquals("failed", idle.get("state").asText());
    assertTrue(idle.get("reason").asText().contains("call no dependency"), idle::toString);
  }

  @Test
  void saysWhatIsWrongWithAnOrder() {
    begin("'function':'nobody'" + REQUESTS)
        .then()
        .statusCode(404)
        .body("reason", is("no-such-function"));
    begin("'function':'sell'").then().statusCode(422).body("reason", is("no-requests"));
    begin("'function':'rest','requests':[]")
        .then()
        .statusCode(422)
        .body("reason", is("no-dependencies"));
    begin("'function':'sell','faults':['fire']")
        .then()
        .statusCode(400)
        .body("reason", is("bad-drill"));
    begin("'function'").then().statusCode(400).body("detail", containsString("no JSON"));
    drills()
        .get("/snowshed/drills/none")
        .then()
        .statusCode(404)
        .body("reason", is("no-such-drill"));
    drills().delete("/snowshed/drills/none").then().statusCode(404);
  }

  @Test
  void isNotForOtherSites() {
    for (String method : new String[] {"POST", "DELETE"}) {
      drills()
          .header("Origin", "https://evil.example")
          .request(method, "/snowshed/drills" + (method.equals("DELETE") ? "/x" : ""))
          .then()
          .statusCode(403)
          .body("reason", is("cross-site"));
    }
  }

  @Test
  void listsWhatCanBeDrilled() {
    drills()
        .get("/snowshed/drills")
        .then()
        .statusCode(200)
        .body(
            "functions.find { it.name == 'sell' }.dependencies",
            is(List.of("advice", "offers", "stock")))
        .body("functions.find { it.name == 'rest' }.dependencies", is(List.of()));
  }
}
