package dev.snowshed.runtime.traffic.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  /** A host that carries 500 quotes per second, or 1000 of markdown. */
  private static final String TRAFFIC =
      """
      {"id":"host1","functions":[
        {"name":"quote","costHostSeconds":{"value":0.002},"bottleneck":"processors",
         "safeThroughput":{"value":500,"low":480,"high":520,"ageSeconds":12,"source":"measured"},
         "safeConcurrency":{"value":20.4,"low":19,"high":22,"ageSeconds":12,"source":"measured"},
         "latencyAtSafeMillis":{"value":40.8,"low":40,"high":42,"ageSeconds":12,"source":"measured"},
         "unknownBecause":null},
        {"name":"markdown","costHostSeconds":{"value":0.001},"bottleneck":"dependency",
         "safeThroughput":{"value":1000,"low":700,"high":1300,"ageSeconds":200000,"source":"extrapolated"},
         "safeConcurrency":{"value":4,"low":3,"high":5,"ageSeconds":12,"source":"extrapolated"},
         "latencyAtSafeMillis":{"value":4,"low":3,"high":5,"ageSeconds":12,"source":"extrapolated"},
         "unknownBecause":null},
        {"name":"new","costHostSeconds":null,"safeThroughput":null,"safeConcurrency":null,
         "latencyAtSafeMillis":null,"unknownBecause":"only up to 31 % of the limit was seen"}],
       "host":{"utilization":0.7}}
      """;

  @TempDir private Path folder;
  private Path file = Path.of("");
  private String out = "";
  private String err = "";

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("traffic.json");
    Files.writeString(file, TRAFFIC);
  }

  private int run(String... arguments) {
    ByteArrayOutputStream standard = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    int code =
        PlanCommand.run(
            new PrintStream(standard, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            arguments);
    out = standard.toString(StandardCharsets.UTF_8);
    err = error.toString(StandardCharsets.UTF_8);
    return code;
  }

  private int plan(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--rps", "50000", "--mix", "quote=0.7,markdown=0.3"));
    arguments.addAll(List.of("--from", file.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void plansAsJson() throws IOException {
    assertEquals(0, plan("--output", "json"), () -> err);

    JsonNode plan = new ObjectMapper().readTree(out);
    // 35000 x 0.002 + 15000 x 0.001 = 85 hosts; / 0.8 = 106.25
    assertEquals(107, plan.path("instances").asInt());
    assertEquals(54, plan.at("/reservation/perZone").asInt());
    assertEquals(162, plan.at("/reservation/instances").asInt());
    assertEquals(35000, plan.at("/functions/0/perSecond").asDouble(), 1e-6);
    assertEquals(21, plan.at("/functions/0/limit").asInt());
    assertEquals(71, plan.at("/withoutReservation/leftIfOneZoneIsLost").asInt());
    assertEquals(
        85.0 / 71, plan.at("/withoutReservation/utilizationIfOneZoneIsLost").asDouble(), 1e-6);
    assertEquals(3, plan.path("notes").size() - 1, plan.path("notes").toString());
  }

  @Test
  void plansAsText() {
    assertEquals(0, plan(), () -> err);

    assertTrue(out.contains("107 instances carry it, each 79 % full."), out);
    assertTrue(out.contains("Reserve 162, 54 in each of 3 zones"), out);
    assertTrue(
        out.contains(
            "With 107 and one zone lost, the 71 left are asked for 120 % of what they"
                + " carry, and refuse the least critical."),
        out);
    assertTrue(out.contains("markdown: what ends it is a dependency"), out);
    assertTrue(out.contains("30 % less than planned with"), out);
  }

  @Test
  void plansAsPatches() {
    assertEquals(0, plan("--output", "yaml"), () -> err);

    List<JsonNode> documents = new ArrayList<>();
    for (String document : out.split("(?m)^---\n", -1)) {
      if (document.contains("kind:")) {
        documents.add(new ObjectMapper().valueToTree(Serialization.unmarshal(document, Map.class)));
      }
    }
    assertEquals(
        List.of("ScaledObject", "HorizontalPodAutoscaler", "Deployment", "Service"),
        documents.stream().map(it -> it.path("kind").asText()).toList());
    assertEquals(162, documents.get(0).at("/spec/minReplicaCount").asInt());
    assertEquals(216, documents.get(1).at("/spec/maxReplicas").asInt());
    assertEquals("4", documents.get(2).at("/spec/template/spec/containers/0/env/0/value").asText());
    JsonNode annotations = documents.get(3).at("/spec/template/metadata/annotations");
    // 50000 / 85
    assertEquals("588.23", annotations.path("autoscaling.knative.dev/target").asText());
    assertEquals(
        "80", annotations.path("autoscaling.knative.dev/target-utilization-percentage").asText());
    assertTrue(out.contains("\n# Note: markdown: what ends it is a dependency"), out);
    assertTrue(out.contains("\n#   quote: 21\n#   markdown: 4\n"), out);
  }

  @Test
  void givesKnativeATargetBelowOne() throws IOException {
    Files.writeString(
        file,
        TRAFFIC
            .replace("\"costHostSeconds\":0.002", "\"costHostSeconds\":1.6")
            .replace("\"value\":500", "\"value\":0.625"));
    assertEquals(
        0,
        run("--rps", "3", "--mix", "quote", "--from", file.toString(), "--output", "yaml"),
        () -> err);

    assertTrue(out.contains("autoscaling.knative.dev/target: \"0.62\""), out);
  }

  @Test
  void saysWhenOneZoneHasAll() throws IOException {
    String[] small = {"--rps", "100", "--mix", "quote", "--from", file.toString()};
    assertEquals(0, run(small), () -> err);
    assertTrue(out.contains("With 1 nothing is left when its zone is lost."), out);

    List<String> json = new ArrayList<>(List.of(small));
    json.addAll(List.of("--output", "json"));
    assertEquals(0, run(json.toArray(String[]::new)), () -> err);
    JsonNode unreserved = new ObjectMapper().readTree(out).path("withoutReservation");
    assertEquals(0, unreserved.path("leftIfOneZoneIsLost").asInt(-1));
    assertTrue(unreserved.path("utilizationIfOneZoneIsLost").isNull(), out);
  }

  @Test
  void keepsToOneZoneAndAnotherHeadroom() throws IOException {
    assertEquals(0, plan("--zones", "1", "--headroom", "1", "--output", "json"), () -> err);
    JsonNode plan = new ObjectMapper().readTree(out);
    assertEquals(85, plan.path("instances").asInt());
    assertEquals(85, plan.at("/reservation/instances").asInt());
    assertEquals(0, plan("--zones", "1"));
    assertTrue(out.contains("With one zone nothing is left when it is lost."), out);
  }

  @Test
  void asksAHostAndAveragesSeveral() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] slower =
        TRAFFIC
            .replace("\"costHostSeconds\":{\"value\":0.002", "\"costHostSeconds\":{\"value\":0.004")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/snowshed/traffic",
        exchange -> {
          exchange.sendResponseHeaders(200, slower.length);
          exchange.getResponseBody().write(slower);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      assertEquals(0, plan("--from", address, "--output", "json"), () -> err);
    } finally {
      server.stop(0);
    }
    // 35000 x 0.003 + 15000 x 0.001 = 120 hosts
    assertEquals(150, new ObjectMapper().readTree(out).path("instances").asInt());
  }

  @Test
  void saysWhyACapacityIsNotKnown() {
    assertEquals(1, run("--rps", "9", "--mix", "new", "--from", file.toString()));
    assertTrue(
        err.contains(
            "no capacity is known for the function 'new', because "
                + file
                + " says: only up to 31 % of the limit was seen. Give the host more of its load"),
        err);
    assertEquals(2, run("--rps", "9", "--mix", "qoute", "--from", file.toString()));
    assertTrue(err.contains("has only markdown, new, quote"), err);
  }

  @Test
  void saysWhatIsWrongAndHowToMendIt() throws IOException {
    Map<String, List<String>> wrong =
        Map.ofEntries(
            Map.entry("--rps is missing", List.of("--mix", "quote")),
            Map.entry("--mix is missing", List.of("--rps", "5")),
            Map.entry("--rps is 'many'", List.of("--rps", "many", "--mix", "quote")),
            Map.entry("--rps is '-5'", List.of("--rps", "-5", "--mix", "quote")),
            Map.entry(
                "add up to 0.9000;", List.of("--rps", "5", "--mix", "quote=0.4,markdown=0.5")),
            Map.entry("names 'quote' twice", List.of("--rps", "5", "--mix", "quote=1,quote=2")),
            Map.entry("--mix has 'b'", List.of("--rps", "5", "--mix", "a=1,b")),
            Map.entry("--headroom is '80'", List.of("--headroom", "80")),
            Map.entry("--zones is '0'", List.of("--zones", "0")),
            Map.entry("--output is 'xml'", List.of("--output", "xml")),
            Map.entry("no option '--rsp'", List.of("--rsp", "5")),
            Map.entry("lacks its value", List.of("--rps")),
            Map.entry(
                "--from 'http://my_host:9000' is no address",
                List.of("--rps", "5", "--mix", "quote", "--from", "http://my_host:9000")),
            Map.entry(
                "--from 'http://host:90000' is no address",
                List.of("--rps", "5", "--mix", "quote", "--from", "http://host:90000")),
            Map.entry(
                "1.00e+13 requests per second would take 2.50e+10 instances",
                List.of("--rps", "1e13", "--mix", "quote", "--from", file.toString())),
            Map.entry(
                "--from takes http://",
                List.of("--rps", "5", "--mix", "quote", "--from", "/not/there.json")));
    wrong.forEach(
        (message, arguments) -> {
          assertEquals(2, run(arguments.toArray(String[]::new)), message);
          assertTrue(err.contains(message), err);
        });
    Files.writeString(file, "[]");
    assertEquals(2, plan());
    assertTrue(err.contains("it has no list of functions"), err);
    assertEquals(1, run("--rps", "5", "--mix", "quote", "--from", "http://127.0.0.1:1"), () -> err);
    assertTrue(err.contains("is the host running"), err);
    assertEquals(0, run("--help"));
    assertTrue(out.startsWith("Usage: ./snowshed plan"), out);
  }
}
