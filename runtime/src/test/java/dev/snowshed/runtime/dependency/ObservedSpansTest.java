package dev.snowshed.runtime.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.dependency.spans.ClientSpans;
import dev.snowshed.runtime.logging.CurrentCall;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the spans of a function's own clients tell of its dependencies. */
@Timeout(30)
class ObservedSpansTest {
  private final FakeCall call = FakeCall.of(FakeCall.guards());

  @BeforeEach
  void begin() {
    ClientSpans.watch();
    CurrentCall.enter(call);
  }

  @AfterEach
  void end() {
    CurrentCall.exit();
    ClientSpans.leave();
  }

  private static SpanBuilder client(String peer) {
    return span("GET", SpanKind.CLIENT).setAttribute("peer.service", peer);
  }

  private static SpanBuilder span(String name, SpanKind kind) {
    return GlobalOpenTelemetry.getTracer("test").spanBuilder(name).setSpanKind(kind);
  }

  /** How many calls of each dependency are known. */
  private Map<String, Long> calls() {
    Map<String, Long> calls = new HashMap<>();
    for (EdgeSnapshot edge : call.guards.statistics().snapshot(System.nanoTime()).edges()) {
      calls.put(edge.dependency(), edge.calls());
    }
    return calls;
  }

  @ParameterizedTest
  @EnumSource
  void countsCallsOnly(SpanKind kind) {
    span("GET", kind).setAttribute("peer.service", "catalog").startSpan().end();

    boolean isCall = kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER;
    assertEquals(isCall ? Map.of("catalog", 1L) : Map.of(), calls());
  }

  @Test
  void tellsFailuresAndLatency() {
    Span failed = client("catalog").setStartTimestamp(10, TimeUnit.SECONDS).startSpan();
    failed.setStatus(StatusCode.ERROR);
    failed.end(12, TimeUnit.SECONDS);
    client("catalog").startSpan().end();

    EdgeSnapshot seen = call.seen("catalog");
    assertEquals(2, seen.calls());
    assertEquals(1, seen.failures());
    assertEquals(2e9, (double) seen.p99Nanos(), 0.5e9);
  }

  @Test
  void watchesEachTracer() {
    var all = GlobalOpenTelemetry.get();
    for (Tracer tracer :
        List.of(
            all.getTracer("a"),
            all.getTracer("a", "1"),
            all.tracerBuilder("a").setInstrumentationVersion("1").setSchemaUrl("b").build())) {
      tracer.spanBuilder("get").setSpanKind(SpanKind.CLIENT).startSpan().end();
    }

    assertEquals(Map.of("get", 3L), calls());
  }

  @Test
  void endsOnce() {
    Span span = client("catalog").startSpan();
    assertTrue(span.isRecording());
    span.end();
    span.end();

    assertFalse(span.isRecording());
    assertEquals(Map.of("catalog", 1L), calls());
  }

  @Test
  void namesADependencyByWhatIsKnownAtItsEnd() {
    Span span = client("a").startSpan();
    span.setAttribute("peer.service", "b");
    span.end();

    assertEquals(Map.of("b", 1L), calls());
  }

  @Test
  void keepsToWhatTheFunctionDeclares() {
    FunctionGuards guards =
        FakeCall.guards(DependencyDescriptor.named("catalog").strength(Strength.WEAK).build());
    FakeCall declaring = FakeCall.of(guards);
    CurrentCall.enter(declaring);
    client("catalog").startSpan().end();

    assertEquals("WEAK", declaring.seen("catalog").declared().name());
  }

  @Test
  void countsWhatGoesThroughADependencyOnce() throws Exception {
    call.dependency("catalog").call(ObservedSpansTest::answer);
    call.dependency("catalog")
        .callAsync(() -> CompletableFuture.completedFuture(answer()))
        .toCompletableFuture()
        .get();
    // even if the function's own span is current, and on a thread that the context is carried to
    try (Scope _ = span("work", SpanKind.INTERNAL).startSpan().makeCurrent()) {
      call.dependency("catalog").call(ObservedSpansTest::answer);
      call.dependency("catalog").call(() -> elsewhere(ObservedSpansTest::answer));
    }

    assertEquals(Map.of("catalog", 4L), calls());
    answer();
    assertEquals(Map.of("catalog", 4L, "instrumented", 1L), calls());
  }

  private static String answer() {
    client("instrumented").startSpan().end();
    return "answer";
  }

  private static <T> T elsewhere(Callable<T> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return Context.current().wrap(threads).submit(work).get();
    }
  }

  @Test
  void countsTheOutermostOfSpansWithinEachOther() {
    Span outer = client("shop").startSpan();
    try (Scope _ = outer.makeCurrent()) {
      client("http").startSpan().end();
      Span between = span("decode", SpanKind.INTERNAL).startSpan();
      try (Scope _ = between.makeCurrent()) {
        client("dns").startSpan().end();
      }
      between.end();
    }
    outer.end();
    client("after").startSpan().end();

    assertEquals(Map.of("shop", 1L, "after", 1L), calls());
  }

  @Test
  void seesCallsOnThreadsThatTheContextIsCarriedTo() throws Exception {
    elsewhere(ObservedSpansTest::answer);
    Thread stranger = Thread.ofVirtual().start(ObservedSpansTest::answer);
    stranger.join();

    assertEquals(Map.of("instrumented", 1L), calls());
  }

  @Test
  void seesCallsThatBeginATraceOfTheirOwn() {
    client("catalog").setNoParent().startSpan().end();

    assertEquals(Map.of("catalog", 1L), calls());
  }

  @Test
  void ignoresWhatEndsOrBeginsAfterTheCall() {
    Span late = client("catalog").startSpan();
    call.dependencies.finish(false, 1, System.nanoTime());
    call.over = true;
    late.end();
    client("catalog").startSpan().end();

    assertEquals(Map.of(), calls());
  }

  @Test
  void ignoresWhatEndsAfterACallThatTellsNothing() {
    Span late = client("catalog").startSpan();
    call.dependencies.close(System.nanoTime());
    late.end();

    assertEquals(Map.of(), calls());
  }

  @Test
  void countsTheWaitAsTimeSpentDownstream() {
    long began = System.nanoTime();
    client("never-ended").startSpan();
    client("catalog").startSpan().end();
    long waited = call.dependencies.close(began + 1_000_000_000L);

    assertTrue(waited > 0 && waited <= 1_000_000_000L, () -> waited + " ns");
  }

  @Test
  void blamesNobodyForTheEndOfTheCall() {
    Span span = client("catalog").startSpan();
    call.cancel();
    span.setStatus(StatusCode.ERROR);
    span.end();

    assertEquals(0, call.seen("catalog").failures());
    assertEquals(1, call.seen("catalog").calls());
  }

  @Test
  void leavesRoomForTheNamesThatTheFunctionGives() throws Exception {
    for (int i = 0; i < 200; i++) {
      client("peer-" + i).startSpan().end();
    }
    call.dependency("catalog").call(() -> "found");

    Map<String, Long> calls = calls();
    assertEquals(FunctionGuards.MAX_OBSERVED + 2, calls.size());
    assertEquals(200L - FunctionGuards.MAX_OBSERVED, calls.get(FunctionDependencies.OTHER));
    assertEquals(1, calls.get("catalog"));
  }

  @Test
  void belongsToTheTraceOfTheCall() {
    Span span = client("catalog").startSpan();

    assertEquals(call.trace().traceId(), span.getSpanContext().getTraceId());
    assertTrue(span.getSpanContext().isSampled());
    assertEquals("a=1,b=2", tracestate(span));
  }

  private static @Nullable String tracestate(Span span) {
    Map<String, String> sent = new HashMap<>();
    GlobalOpenTelemetry.getPropagators()
        .getTextMapPropagator()
        .inject(Context.current().with(span), sent, (headers, key, value) -> sent.put(key, value));
    assertEquals("00-" + traceAndSpan(span) + "-01", sent.get("traceparent"));
    return sent.get("tracestate");
  }

  private static String traceAndSpan(Span span) {
    return span.getSpanContext().getTraceId() + "-" + span.getSpanContext().getSpanId();
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // on purpose
  void forgetsWhatAFunctionLeftOpen() {
    Scope _ = span("work", SpanKind.INTERNAL).startSpan().makeCurrent();
    CurrentCall.exit();
    ClientSpans.leave();

    assertSame(Context.root(), Context.current());
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // on purpose
  void closesScopesInOrderOnly() {
    Span first = span("first", SpanKind.INTERNAL).startSpan();
    Span second = span("second", SpanKind.INTERNAL).startSpan();
    Scope outer = first.makeCurrent();
    Scope inner = second.makeCurrent();
    outer.close();
    assertSame(second, Span.current());
    inner.close();
    assertSame(first, Span.current());
    outer.close();
    assertEquals(call.trace().spanId(), Span.current().getSpanContext().getSpanId());
  }

  @Test
  void tellsWhereCallsAreKnownFrom() throws Exception {
    client("catalog").startSpan().end();
    assertEquals(List.of("spans"), call.guards.sources("catalog"));

    call.dependency("catalog").call(() -> "found");
    assertEquals(List.of("calls", "spans"), call.guards.sources("catalog"));
    assertEquals(List.of(), call.guards.sources("shelf"));
  }

  @Test
  void tellsADrillWhatItCannotReach() {
    List<String> observed = new ArrayList<>();
    Injections drill =
        new Injections() {
          @Override
          public @Nullable Fault of(String dependency) {
            return new Fault.Failure();
          }

          @Override
          public void observed(String dependency) {
            observed.add(dependency);
          }

          @Override
          public void ended(boolean failed, long latencyNanos, boolean injected) {}

          @Override
          public void left() {}
        };
    CurrentCall.enter(FakeCall.in(drill, FakeCall.guards()));
    client("catalog").startSpan().end();

    assertEquals(List.of("catalog"), observed);
  }
}
