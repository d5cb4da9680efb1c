package dev.snowshed.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of {@code deploy/haproxy} on the real HAProxy, in front of two hosts that are stubs.
 */
class HaproxyRulesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FUNCTION = "greeting";
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String LONG_QUEUE = "timeout queue 20s";

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<StubHost> hosts = new ArrayList<>();
  private final Haproxy.HostPorts ports = ports();
  private @Nullable Haproxy started;

  private static Haproxy.HostPorts ports() {
    try {
      return Haproxy.HostPorts.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void startHosts() throws IOException {
    hosts.add(StubHost.start(1, ports));
    hosts.add(StubHost.start(2, ports));
  }

  @AfterEach
  void stop() throws IOException {
    if (started != null) {
      started.close();
    }
    for (StubHost host : hosts) {
      host.close();
    }
    client.shutdownNow();
  }

  private Haproxy haproxy() {
    return Objects.requireNonNull(started, "startHaproxy() comes first");
  }

  private StubHost host(int number) {
    return hosts.get(number - 1);
  }

  private void startHaproxy() throws IOException {
    startHaproxy(UnaryOperator.identity());
  }

  private void startHaproxy(UnaryOperator<String> edit) throws IOException {
    started = Haproxy.start(ROOT, folder, new Haproxy.Setup(hosts.size(), ports, FUNCTION, edit));
    for (StubHost host : hosts) {
      await(() -> host.asked().contains(FUNCTION) && host.asked().contains(""));
    }
  }

  private static void await(BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException("not within " + BOUND);
      }
      Thread.onSpinWait();
    }
  }

  private HttpRequest.Builder request() {
    return request(FUNCTION);
  }

  private HttpRequest.Builder request(String function) {
    return HttpRequest.newBuilder(URI.create(haproxy().uri() + "/functions/" + function))
        .timeout(BOUND);
  }

  /** How many requests a backend has been given, as Prometheus reads it. */
  private int requests(String backend) {
    String metric = "haproxy_backend_http_requests_total{proxy=\"" + backend + "\"} ";
    return send(HttpRequest.newBuilder(haproxy().metrics()).timeout(BOUND).build())
        .join()
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToInt(line -> Integer.parseInt(line.substring(metric.length())))
        .findFirst()
        .orElseThrow();
  }

  private HttpRequest post(String... headers) {
    HttpRequest.Builder request = request().POST(BodyPublishers.ofString("{}"));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private List<HttpResponse<String>> sendAll(int count, HttpRequest request) {
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(send(request));
    }
    return sent.stream().map(CompletableFuture::join).toList();
  }

  private static long count(List<HttpResponse<String>> answers, int status) {
    return answers.stream().filter(answer -> answer.statusCode() == status).count();
  }

  private void limitTenant(String map, int limit) throws IOException {
    haproxy().ask("add map #" + mapNumber(map) + " acme " + limit);
  }

  private String mapNumber(String map) throws IOException {
    return haproxy()
        .ask("show map")
        .lines()
        .filter(line -> line.contains(map))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsEachRequestOnceForItsFunctionWhateverBecomesOfIt() throws Exception {
    startHaproxy();
    List<HttpResponse<String>> _ = sendAll(7, post());
    for (StubHost host : hosts) {
      host.behave(exchange -> host.answer(exchange, 503));
    }
    assertEquals(5, count(sendAll(5, post()), 503));
    // These are sent to another host once more, and counted once all the same.
    List<HttpResponse<String>> _ = sendAll(3, request().build());
    assertTrue(host(1).seen().size() + host(2).seen().size() > 15);

    assertEquals(15, requests(FUNCTION));
  }

  /** "anyway" asks nobody whether a host is well, and demand that goes there is not counted. */
  @ParameterizedTest
  @ValueSource(strings = {"anyway", "anyway/below?x=1", "tenants", "fleet", "gateway", "metrics"})
  void letsNoCallerChooseABackendThatIsNoFunctions(String name) throws IOException {
    startHaproxy();

    assertEquals(
        200, send(request(name).POST(BodyPublishers.ofString("{}")).build()).join().statusCode());

    assertEquals(1, requests("fleet"));
    assertEquals(0, requests("anyway"));
    assertEquals(0, requests("tenants"));
  }

  @Test
  void refusesATenantBeyondItsRate() throws IOException {
    startHaproxy();
    limitTenant("tenant-rates.map", 5);
    long begun = System.nanoTime();

    List<HttpResponse<String>> answers = sendAll(60, post("X-Tenant-Id", "acme"));

    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
    assertTrue(count(answers, 200) <= 5 * (seconds + 1), answers.toString());
    HttpResponse<String> refused =
        answers.stream().filter(it -> it.statusCode() == 429).findFirst().orElseThrow();
    assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(refused.body().contains("\"reason\":\"tenant-rate\""), refused.body());
    assertEquals(60, count(sendAll(60, post("X-Tenant-Id", "other")), 200));
  }

  @Test
  void refusesATenantBeyondItsConcurrency() throws Exception {
    startHaproxy();
    limitTenant("tenant-concurrency.map", 2);
    CountDownLatch release = new CountDownLatch(1);
    hosts.forEach(host -> host.behave(exchange -> answerAfter(release, host, exchange)));
    var first = send(post("X-Tenant-Id", "acme"));
    var second = send(post("X-Tenant-Id", "acme"));
    await(() -> arrived() == 2);

    HttpResponse<String> third = send(post("X-Tenant-Id", "acme")).join();

    assertEquals(429, third.statusCode());
    assertTrue(third.body().contains("\"reason\":\"tenant-concurrency\""), third.body());
    release.countDown();
    assertEquals(200, first.join().statusCode());
    assertEquals(200, second.join().statusCode());
    assertEquals(200, send(post("X-Tenant-Id", "acme")).join().statusCode());
  }

  private static void answerAfter(CountDownLatch latch, StubHost host, HttpExchange exchange)
      throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    host.answer(exchange, 200);
  }

  private int arrived() {
    return hosts.stream().mapToInt(host -> host.seen().size()).sum();
  }

  @Test
  void sendsAnotherHostWhatNeverReachedTheFirst() throws IOException {
    startHaproxy();
    host(1).closeFunctions();

    assertEquals(20, count(sendAll(20, post()), 200));
  }

  @Test
  void sendsAPostNoSecondTime() throws IOException {
    startHaproxy();
    hosts.forEach(host -> host.behave(exchange -> exchange.close()));

    assertEquals(502, send(post()).join().statusCode());
    assertEquals(1, arrived());
  }

  @Test
  void sendsAPostWithAnIdempotencyKeyASecondTime() throws IOException {
    startHaproxy();
    host(1).behave(exchange -> exchange.close());

    for (int i = 0; i < 4; i++) {
      assertEquals(200, send(post("Idempotency-Key", "k" + i)).join().statusCode());
    }
    assertEquals(4, host(2).seen().size());
    assertTrue(host(1).seen().size() > 0);
  }

  @Test
  void boundsRetriesByTheirBudget() throws IOException {
    startHaproxy();
    hosts.forEach(host -> host.behave(exchange -> host.answer(exchange, 503)));

    for (int i = 0; i < 200; i++) {
      assertEquals(503, send(request().GET().build()).join().statusCode());
    }

    // Without a budget each of them is tried three times. Each request is judged before it is sent:
    // it may use its two retries when one of them was left.
    assertTrue(arrived() > 200, "no retry at all");
    assertTrue(arrived() <= 200 * 6 / 5 + 60, "retries: " + (arrived() - 200));
  }

  @Test
  void sendsNothingToAHostThatDrains() throws IOException {
    startHaproxy();
    host(1).say("drain");
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.inRotation());
    host(1).seen().clear();

    assertEquals(40, count(sendAll(40, post()), 200));
    assertEquals(List.of(), host(1).seen());

    host(1).say("up ready 100% maxconn:64");
    haproxy().await(FUNCTION, 1, BOUND, ServerState::inRotation);
    sendAll(40, post());
    assertTrue(host(1).seen().size() > 0);
  }

  @Test
  void letsAHostThatDrainsAndIsUnreadyFinish() throws Exception {
    startHaproxy();
    CountDownLatch release = new CountDownLatch(1);
    hosts.forEach(host -> host.behave(exchange -> answerAfter(release, host, exchange)));
    List<CompletableFuture<HttpResponse<String>>> held = List.of(send(post()), send(post()));
    await(() -> arrived() == 2);
    host(1).say("drain");
    host(1).ready(false);
    haproxy().await("fleet", 1, BOUND, state -> state.status().startsWith("DOWN"));

    release.countDown();

    for (CompletableFuture<HttpResponse<String>> request : held) {
      assertEquals(200, request.join().statusCode());
    }
  }

  @Test
  void takesAHostOutWhoseAgentSaysDownAndBackWhenItSaysUp() throws IOException {
    startHaproxy();
    host(1).say("down #ejected, 3 threads stuck for 21 s");
    ServerState[] last = new ServerState[1];
    haproxy()
        .await(
            FUNCTION,
            1,
            BOUND,
            state -> {
              last[0] = state;
              return !state.inRotation();
            });
    assertTrue(last[0].status().startsWith("DOWN"), last[0].toString());

    host(1).say("up ready 50% maxconn:7");
    haproxy().await(FUNCTION, 1, BOUND, ServerState::inRotation);
    haproxy().await(FUNCTION, 1, BOUND, state -> state.maxconn().equals(OptionalInt.of(7)));
  }

  @ParameterizedTest
  @EnumSource(
      value = StubHost.Manner.class,
      names = {"HANGS", "CLOSES"})
  void keepsWhatASilentAgentSaidLast(StubHost.Manner manner) throws IOException {
    startHaproxy();
    host(1).say("up ready 25% maxconn:7");
    awaitWeight(1, 25);
    ServerState said = haproxy().server(FUNCTION, 1);

    host(1).treat(manner);
    awaitAsked(1, 3);

    assertEquals(said.weight(), haproxy().server(FUNCTION, 1).weight());
    assertEquals(said.maxconn(), haproxy().server(FUNCTION, 1).maxconn());
    assertTrue(haproxy().server(FUNCTION, 1).inRotation());
  }

  @Test
  void keepsWhatAnAgentSaidThatCannotBeReached() throws IOException {
    startHaproxy();
    host(1).say("drain");
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.inRotation());
    String before = haproxy().server(FUNCTION, 1).status();

    host(1).closeAgent();
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.agent().startsWith("L7"));

    assertEquals(before, haproxy().server(FUNCTION, 1).status());
  }

  @Test
  void endsADrainByReadyAlone() throws IOException {
    startHaproxy();
    host(1).say("drain");
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.inRotation());

    host(1).say("up 40% maxconn:7");
    haproxy().await(FUNCTION, 1, BOUND, state -> state.maxconn().equals(OptionalInt.of(7)));
    assertFalse(haproxy().server(FUNCTION, 1).inRotation());

    host(1).say("ready");
    haproxy().await(FUNCTION, 1, BOUND, ServerState::inRotation);
  }

  @Test
  void endsADownByUpAlone() throws IOException {
    startHaproxy();
    host(1).say("down #ejected");
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.inRotation());

    host(1).say("ready 40% maxconn:7");
    haproxy().await(FUNCTION, 1, BOUND, state -> state.maxconn().equals(OptionalInt.of(7)));
    assertFalse(haproxy().server(FUNCTION, 1).inRotation());

    host(1).say("up");
    haproxy().await(FUNCTION, 1, BOUND, ServerState::inRotation);
  }

  @Test
  void takesAMaxconnOfNothingForNoLimit() throws IOException {
    startHaproxy();
    host(1).say("up ready 100% maxconn:0");
    haproxy().await(FUNCTION, 1, BOUND, state -> state.maxconn().isEmpty());
    assertTrue(haproxy().server(FUNCTION, 1).inRotation());
  }

  @Test
  void takesAWeightOfNothingForADrain() throws IOException {
    startHaproxy();
    host(1).say("up ready 0% maxconn:64");
    haproxy().await(FUNCTION, 1, BOUND, state -> !state.inRotation());
    host(1).seen().clear();

    assertEquals(20, count(sendAll(20, post()), 200));
    assertEquals(List.of(), host(1).seen());
  }

  private void awaitWeight(int host, int weight) throws IOException {
    haproxy().await(FUNCTION, host, BOUND, state -> state.weight() == weight);
  }

  /** Waits until the agent has been asked so many times more for the function. */
  private void awaitAsked(int host, int times) throws IOException {
    host(host).asked().clear();
    await(() -> host(host).asked().stream().filter(FUNCTION::equals).count() >= times);
  }

  @Test
  void givesAHostWorkByItsWeight() throws IOException {
    host(1).say("up ready 25% maxconn:64");
    startHaproxy();
    haproxy().await(FUNCTION, 1, BOUND, state -> state.weight() == 25);

    for (int i = 0; i < 100; i++) {
      send(post()).join();
    }

    assertEquals(20, host(1).seen().size(), 2);
  }

  @Test
  void givesAHostNoMoreAtOnceThanItsMaxconn() throws Exception {
    hosts.forEach(host -> host.say("up ready 100% maxconn:3"));
    startHaproxy();
    for (int host = 1; host <= 2; host++) {
      haproxy().await(FUNCTION, host, BOUND, state -> state.maxconn().equals(OptionalInt.of(3)));
    }
    CountDownLatch release = new CountDownLatch(1);
    hosts.forEach(host -> host.behave(exchange -> answerAfter(release, host, exchange)));
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      held.add(send(post()));
    }
    await(() -> arrived() == 6);

    HttpResponse<String> beyond = send(post()).join();

    assertEquals(503, beyond.statusCode());
    assertTrue(beyond.body().contains("\"reason\":\"no-host-free\""), beyond.body());
    assertEquals("1", beyond.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(3, host(1).seen().size());
    assertEquals(3, host(2).seen().size());
    release.countDown();
    held.forEach(request -> assertEquals(200, request.join().statusCode()));
  }

  @Test
  void letsWhoMattersMoreOutOfTheQueueFirst() throws Exception {
    hosts.forEach(host -> host.say("up ready 100% maxconn:1"));
    startHaproxy(text -> text.replace("timeout queue 150ms", LONG_QUEUE));
    for (int host = 1; host <= 2; host++) {
      haproxy().await(FUNCTION, host, BOUND, state -> state.maxconn().equals(OptionalInt.of(1)));
    }
    CountDownLatch release = new CountDownLatch(1);
    hosts.forEach(host -> host.behave(exchange -> answerAfter(release, host, exchange)));
    List<CompletableFuture<HttpResponse<String>>> all =
        new ArrayList<>(List.of(send(post()), send(post())));
    await(() -> arrived() == 2);
    AtomicInteger queued = new AtomicInteger();
    for (String criticality : List.of("sheddable", "critical-plus")) {
      for (int i = 0; i < 4; i++) {
        all.add(send(post("X-Request-Criticality", criticality, "X-Tag", criticality)));
        queued.incrementAndGet();
        await(() -> queueLength() == queued.get());
      }
    }
    release.countDown();
    all.forEach(CompletableFuture::join);

    for (StubHost host : hosts) {
      List<String> order = host.seen().stream().map(StubHost.Seen::tag).skip(1).toList();
      assertEquals(order.stream().sorted().toList(), order, "critical-plus comes before sheddable");
    }
  }

  private int queueLength() {
    try {
      String[] fields =
          haproxy()
              .ask("show stat")
              .lines()
              .filter(line -> line.startsWith(FUNCTION + ",BACKEND,"))
              .findFirst()
              .orElseThrow()
              .split(",", -1);
      return Integer.parseInt(fields[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void passesCriticalityOnIfItIsOne() throws IOException {
    startHaproxy();
    send(post("X-Request-Criticality", "sheddable-plus", "X-Tag", "known")).join();
    send(post("X-Request-Criticality", "vip", "X-Tag", "unknown")).join();

    List<StubHost.Seen> seen = new ArrayList<>();
    hosts.forEach(host -> seen.addAll(host.seen()));
    assertTrue(
        seen.contains(new StubHost.Seen("POST", "known", "sheddable-plus", false)),
        seen.toString());
    assertTrue(seen.contains(new StubHost.Seen("POST", "unknown", "", false)), seen.toString());
  }

  @Test
  void letsNobodyMarkRequestsForADrill() throws IOException {
    startHaproxy();
    assertEquals(200, send(post("X-Snowshed-Drill", "0123456789abcdef;1")).join().statusCode());

    assertEquals(1, arrived());
    hosts.forEach(host -> host.seen().forEach(seen -> assertFalse(seen.drill())));
  }

  @Test
  void keepsServingWhenEveryHostSaysItIsUnready() throws IOException {
    startHaproxy();
    hosts.forEach(host -> host.ready(false));
    haproxy().await("fleet", 1, BOUND, state -> !state.inRotation());
    haproxy().await("fleet", 2, BOUND, state -> !state.inRotation());

    assertEquals(20, count(sendAll(20, post()), 200));
  }

  @Test
  void waitsNoLongerThanItsCaller() throws Exception {
    startHaproxy();
    CountDownLatch release = new CountDownLatch(1);
    hosts.forEach(host -> host.behave(exchange -> answerAfter(release, host, exchange)));

    HttpResponse<String> silent = send(post("X-Request-Timeout", "100")).join();

    release.countDown();
    assertEquals(504, silent.statusCode());
    assertTrue(silent.body().contains("\"reason\":\"host-silent\""), silent.body());
  }

  @Test
  void asksTheAgentForTheFunctionAndForTheHost() throws IOException {
    startHaproxy();

    assertTrue(host(1).asked().contains(FUNCTION));
    assertTrue(host(1).asked().contains(""));
  }

  @Test
  void findsNothingWrongWithTheFilesAsTheyAre() throws IOException {
    assertEquals("", check("snowshed.cfg", "functions"));
    assertEquals("", check("snowshed.cfg", "functions-dns.cfg.example"));
    assertTrue(check("functions").contains("function"), "the functions need what they share");
  }

  private String check(String... files) throws IOException {
    return Haproxy.check(
        ROOT.resolve("deploy/haproxy"), folder.resolve("check.log"), List.of(files));
  }
}
