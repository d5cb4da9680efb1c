package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.OpenLoop;
import dev.snowshed.runtime.testing.Poll;
import dev.snowshed.runtime.testing.ReadinessWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What becomes of the sample {@code quote} under load when something it calls is in trouble. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EffectsIT {
  private static final double PER_SECOND = 40;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  @SuppressWarnings("NullAway.Init")
  private static HostProcess host;

  @SuppressWarnings("NullAway.Init")
  private static Process downstream;

  @SuppressWarnings("NullAway.Init")
  private static URI services;

  @SuppressWarnings("NullAway.Init")
  private static HttpRequest quote;

  @SuppressWarnings("NullAway.Init")
  private ReadinessWatch readiness;

  @BeforeAll
  static void start() throws IOException {
    downstream =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                HostProcess.sample("downstream").toString(),
                "0")
            .redirectErrorStream(true)
            .start();
    String line =
        new BufferedReader(
                new InputStreamReader(downstream.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    services = URI.create(line.substring(line.indexOf("http://")).strip());
    host =
        HostProcess.start(
            List.of(),
            Map.of("SNOWSHED_FUNCTION_QUOTE_CONFIG_DOWNSTREAM", services.toString()),
            HostProcess.sample("quote"));
    quote =
        host.post(
            "quote",
            "application/json",
            "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"tea\",\"quantity\":3}]}");
    Poll.until("warm", () -> load(1).good(DEADLINE) >= 0.95 * PER_SECOND);
  }

  @AfterAll
  static void stop() {
    host.close();
    downstream.destroyForcibly();
  }

  @BeforeEach
  void watch() {
    readiness = new ReadinessWatch(host);
  }

  @AfterEach
  void stayedInRotation() throws Exception {
    readiness.close();
    for (String service : List.of("catalog", "promotions", "recommendations")) {
      control(service, "");
    }
    assertEquals(Set.of("200"), readiness.answers());
    assertTrue(readiness.asked() >= 20, readiness.asked() + " looks");
    assertFalse(host.log().contains("-> EJECTED"), host.log());
  }

  @Test
  void goesOnWhileAWeakDependencyFails() throws Exception {
    control("promotions", "errorRate=1");
    assertGoodput(load(4));
  }

  @Test
  void goesOnWhileAWeakDependencyHangs() throws Exception {
    control("promotions", "hang=true");
    assertGoodput(load(4));
  }

  @Test
  void goesOnWhileAWeakDependencyIsSlow() throws Exception {
    control("promotions", "delay=400ms");
    assertGoodput(load(4));
  }

  private static void assertGoodput(OpenLoop load) {
    assertTrue(load.good(DEADLINE) >= 0.98 * load.count(), load.toString());
  }

  /** Few enough errors that chance hardly ever has 18 of 20 fail, which opens the breaker. */
  @Test
  void servesWhatAStrongDependencyStillAnswers() throws Exception {
    control("catalog", "errorRate=0.4");
    OpenLoop load = load(4);
    assertTrue(load.good(DEADLINE) >= 0.45 * load.count(), load.toString());
  }

  /** Half of what is asked for. The last one, since it leaves a limit that fits to that. */
  @Test
  @Order(Integer.MAX_VALUE)
  void admitsWhatAStrongDependencyCanServeAndComesBackWithIt() throws Exception {
    double capacity = 2 * PER_SECOND;
    double offered = 2 * capacity;
    control("catalog", "delay=50ms&atOnce=4");
    OpenLoop narrow = OpenLoop.run(quote, offered, Duration.ofSeconds(20));
    double good = narrow.goodPerSecond(DEADLINE, Duration.ofSeconds(8));
    assertTrue(good >= 0.8 * capacity, () -> good + " per second: " + narrow);
    assertTrue(narrow.count(503) > 0, narrow.toString());
    Duration refused = narrow.quantile(503, 0.5);
    // who waits in vain waits a quarter of the deadline, see docs/admission.md
    assertTrue(refused.compareTo(DEADLINE.dividedBy(3)) < 0, () -> refused + " " + narrow);

    control("catalog", "");
    OpenLoop recovering = OpenLoop.run(quote, offered, Duration.ofSeconds(6));
    double again = recovering.goodPerSecond(DEADLINE, Duration.ofSeconds(3));
    assertTrue(again >= 0.95 * offered, () -> again + " per second: " + recovering);
  }

  @Test
  void refusesAtOnceWhileAStrongDependencyHangsAndComesBackWithIt() throws Exception {
    control("catalog", "hang=true");
    OpenLoop _ = load(3);
    OpenLoop hanging = load(3);
    assertEquals(0, hanging.count(200), hanging.toString());
    assertTrue(hanging.count(503) >= 0.9 * hanging.count(), hanging.toString());
    Duration usual = hanging.quantile(503, 0.8);
    assertTrue(usual.compareTo(DEADLINE.dividedBy(10)) < 0, () -> usual + " " + hanging);

    control("catalog", "");
    OpenLoop recovering = load(6);
    double good = recovering.goodPerSecond(DEADLINE, Duration.ofSeconds(3));
    assertTrue(good >= 0.95 * PER_SECOND, () -> good + " per second: " + recovering);
  }

  private static OpenLoop load(int seconds) {
    return OpenLoop.run(quote, PER_SECOND, Duration.ofSeconds(seconds));
  }

  private static void control(String service, String behaviour) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(services.resolve("/control/" + service + '?' + behaviour))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    assertEquals(200, host.send(request).statusCode());
  }
}
