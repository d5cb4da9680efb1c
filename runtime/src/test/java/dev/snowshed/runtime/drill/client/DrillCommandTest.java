package dev.snowshed.runtime.drill.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a host that answers as a test tells it. */
@SuppressWarnings("NullAway.Init")
class DrillCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private HttpServer server;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile JsonNode order = JSON.nullNode();
  private volatile String authorization = "";
  private volatile int status = 201;
  private volatile String begun = "{'id':'d1','state':'running'}";
  private volatile String later = drill("finished", "strong");

  /** A drill of quote whose recommendations, declared weak, are found to be so. */
  private static String drill(String state, String verdict) {
    boolean strong = verdict.equals("strong");
    return """
        {'id':'d1','function':'quote','state':'%s','reason':null,'elapsedSeconds':4.2,'requests':1,
         'progress':{'done':100,'of':100},
         'report':{'control':{'calls':50,'failed':0,'p50Millis':3.2,'p99Millis':14.0},
          'treatments':[{'dependencies':['recommendations'],'fault':'delay:500ms','calls':50,'failed':%d,
            'notMet':2,'p50Millis':503.1,'p99Millis':519.0,'difference':{'low':0.83,'high':1.0}}],
          'dependencies':[{'name':'recommendations','declared':'weak','verdict':'%s','mismatch':%s,'calls':50,
            'evidence':'quote failed in all of 50 calls.','reason':null}],
          'declaredWeakBehavesStrong':[%s]}}
        """
        .formatted(state, strong ? 50 : 0, verdict, strong, strong ? "'recommendations'" : "");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(line);
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String answer = later;
    int code = 200;
    if (line.startsWith("POST")) {
      order = JSON.readTree(exchange.getRequestBody());
      answer = begun;
      code = status;
    } else if (line.equals("GET /snowshed/drills")) {
      answer =
          "{'functions':[{'name':'slug','dependencies':[]},{'name':'quote','dependencies':['x']}]}";
    }
    byte[] body = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int run(String... arguments) {
    String host = "http://127.0.0.1:" + server.getAddress().getPort();
    List<String> all = Stream.concat(Stream.of("--against", host), Stream.of(arguments)).toList();
    return DrillCommand.run(
        all,
        Map.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(progress, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String progress() {
    return progress.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsOfAWeakDependencyThatBehavesStrong() throws IOException {
    Path json = folder.resolve("report.json");

    assertEquals(1, run("quote", "--json", json.toString()));

    assertEquals(
        """
        quote: 100 calls of 1 request in 4.2 s, finished

          fault                         calls  failed   p50 ms   p99 ms  more failures than without
          none                             50       0      3.2       14
          recommendations: delay 500ms     50      50      503      519  83 % to 100 % (2 more did not call it)

          recommendations: declared weak, behaves strong  <-- not as declared
              quote failed in all of 50 calls.

        Declared weak, behaves strong: recommendations

        """,
        out());
    assertEquals(
        "recommendations",
        JSON.readTree(json.toFile()).at("/drills/0/report/declaredWeakBehavesStrong/0").asText());
  }

  @Test
  void isContentWhenAllIsAsDeclared() {
    later = drill("finished", "weak");

    assertEquals(0, run("quote"));
    assertTrue(out().contains("Nothing that is declared weak behaves strong."), out());
  }

  @Test
  void drillsEachFunctionThatHasDependencies() {
    assertEquals(1, run());

    assertEquals("quote", order.path("function").asText());
    assertEquals(1, asked.stream().filter(line -> line.startsWith("POST")).count());
  }

  @Test
  void takesCallsForAllFunctionsFromOneFile() throws IOException {
    Path requests =
        Files.writeString(folder.resolve("calls"), "curl $H/slug\ncurl -d 'x' $H/quote\n");

    assertEquals(1, run("--requests", requests.toString()));

    assertEquals("x", order.at("/requests/0/body").asText());
    assertEquals(1, order.path("requests").size());
  }

  @Test
  void fearsTwoThatFellTheFunctionOnlyTogether() {
    later =
        drill("finished", "weak")
            .replace("'declaredWeakBehavesStrong':[]", "'declaredWeakBehavesStrong':['a + b']");

    assertEquals(1, run("quote", "--pairs"));
    assertTrue(out().contains("Declared weak, behaves strong: a + b\n"), out());
  }

  @Test
  void sendsWhatItIsTold() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("requests"),
            """
        # two of them
        {"path":"/7"}

        curl -d 'x' $H/other
        curl -d 'x' $H/quote
        """);

    assertEquals(
        1,
        run(
            "quote",
            "--requests",
            requests.toString(),
            "--dependencies",
            "a,b",
            "--faults",
            "error, hang",
            "--pairs",
            "--repetitions",
            "7",
            "--max-seconds",
            "9",
            "--token",
            "secret"));

    assertEquals("[\"a\",\"b\"]", order.path("dependencies").toString());
    assertEquals("[\"error\",\"hang\"]", order.path("faults").toString());
    assertTrue(order.path("pairs").asBoolean());
    assertEquals(7, order.path("repetitions").asInt());
    assertEquals(9, order.path("maxSeconds").asInt());
    assertEquals(2, order.path("requests").size());
    assertEquals("/7", order.at("/requests/0/path").asText());
    assertEquals("x", order.at("/requests/1/body").asText());
    assertEquals("Bearer secret", authorization);
  }

  @Test
  void takesTheExampleOfTheFunction() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "printf x | curl -d @- $H/other\n");
    Path two = Files.writeString(folder.resolve("two"), "curl $H/quote-all\ncurl $H/quote\n");

    assertEquals(1, run("quote", "--examples", one.toString(), "--examples", two.toString()));

    assertEquals(1, order.path("requests").size());
  }

  @Test
  void leavesTheRequestsToTheHostIfItHasNone() {
    assertEquals(1, run("quote"));

    assertTrue(order.path("requests").isMissingNode(), order.toString());
  }

  @Test
  void isAMisuse() throws IOException {
    Path requests = Files.writeString(folder.resolve("requests"), "{\"url\":\"/\"}\n");
    Path json = Files.writeString(folder.resolve("json"), "{\"path\":\"/7\"}\n");
    Path others = Files.writeString(folder.resolve("others"), "curl $H/other\n");
    List<List<String>> misuses =
        List.of(
            List.of("--nonsense"),
            List.of("quote", "slug"),
            List.of("quote", "--repetitions", "none"),
            List.of("quote", "--repetitions"),
            List.of("quote", "--against", "localhost"),
            List.of("quote", "--requests", folder.resolve("missing").toString()),
            List.of("quote", "--requests", others.toString()),
            List.of("quote", "--requests", requests.toString()),
            List.of("--requests", json.toString()));
    for (List<String> misuse : misuses) {
      assertEquals(2, run(misuse.toArray(String[]::new)), misuse::toString);
    }
    assertTrue(progress().contains("requests, line 1: a request has no field 'url'"), progress());
    assertTrue(
        progress().contains("json, line 1: JSON does not say for which function"), progress());
    status = 404;
    begun = "{'detail':'There is no function x on this host.'}";
    assertEquals(2, run("x"));
  }

  @Test
  void tellsWhenItCouldNotRun() {
    status = 409;
    begun = "{'detail':'Another drill is running.'}";
    assertEquals(3, run("quote"));
    assertTrue(progress().contains("Another drill is running."), progress());
    status = 201;
    later = drill("aborted", "weak");
    assertEquals(3, run("quote"));
    later =
        drill("finished", "unknown").replace("'calls':50,\n    'evidence'", "'calls':0,'evidence'");
    assertEquals(3, run("quote"));
    server.stop(0);
    assertEquals(3, run("quote"));
  }

  @Test
  void explainsItself() {
    assertEquals(0, run("--help"));
    assertTrue(out().startsWith("Usage: ./snowshed drill"), out());
  }
}
