package dev.snowshed.function.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.Criticality;
import dev.snowshed.function.TraceContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestContextTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void hasDefaults() {
    TestContext context = TestContext.create();
    assertEquals("test", context.functionName());
    assertEquals("test-request", context.requestId());
    assertEquals(Duration.ofSeconds(30), context.remaining());
    assertEquals(Criticality.CRITICAL, context.criticality());
    assertEquals(Optional.empty(), context.tenant());
    assertEquals(Map.of(), context.attributes());
    assertEquals(Optional.empty(), context.configuration().get("a"));
    assertEquals(Optional.empty(), context.configuration().secret("a"));
    assertFalse(context.cancellation().isCancelled());
  }

  @Test
  void carriesWhatWasSet() {
    TraceContext trace =
        new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false, "v=1");
    TestClock clock = new TestClock();
    TestContext context =
        TestContext.builder()
            .functionName("quote")
            .requestId("r1")
            .trace(trace)
            .clock(clock)
            .remaining(Duration.ofMillis(800))
            .criticality(Criticality.SHEDDABLE)
            .tenant("acme")
            .setting("a", "1")
            .secret("b", "2")
            .build();
    assertEquals("quote", context.functionName());
    assertEquals("r1", context.requestId());
    assertEquals(trace, context.trace());
    assertSame(clock, context.clock());
    assertEquals(Duration.ofMillis(800), context.remaining());
    assertEquals(Criticality.SHEDDABLE, context.criticality());
    assertEquals(Optional.of("acme"), context.tenant());
    assertEquals(Optional.of("1"), context.configuration().get("a"));
    assertEquals(Optional.empty(), context.configuration().secret("a"));
    assertEquals(Optional.of("2"), context.configuration().secret("b"));
    assertEquals(
        Map.of(
            "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
            "tracestate", "v=1",
            "X-Request-Id", "r1",
            "X-Request-Criticality", "sheddable",
            "X-Request-Timeout", "800"),
        context.outboundHeaders());
  }

  @Test
  void keepsAttributes() {
    TestContext context = TestContext.create();
    context.attributes().put("seen", 1);
    assertEquals(Map.of("seen", 1), context.attributes());
  }

  @Test
  void losesTimeOnlyAsTheClockMoves() {
    TestContext context = TestContext.create();
    context.clock().advance(Duration.ofSeconds(29));
    assertEquals(Duration.ofSeconds(1), context.remaining());
    assertEquals("1000", context.outboundHeaders().get("X-Request-Timeout"));
    assertFalse(context.cancellation().isCancelled());
  }

  @Test
  void countsFromTheReadingOfASharedClock() {
    TestClock clock = new TestClock();
    clock.advance(Duration.ofHours(1));
    assertEquals(Duration.ofSeconds(30), TestContext.builder().clock(clock).build().remaining());
  }

  @Test
  void isCancelledWhenTheDeadlinePasses() {
    TestContext context = TestContext.create();
    context.cancellation().onCancel(() -> log.add("cancelled"));
    context.clock().advance(Duration.ofSeconds(30));
    assertTrue(context.cancellation().isCancelled());
    context.clock().advance(Duration.ofSeconds(30));
    assertEquals(List.of("cancelled"), log);
    assertThrows(
        HttpTimeoutException.class,
        () -> context.propagate(HttpRequest.newBuilder(URI.create("http://x/"))));
  }

  @Test
  void isCancelledFromTheStartWithoutTime() {
    TestContext context = TestContext.builder().remaining(Duration.ZERO).build();
    assertTrue(context.cancellation().isCancelled());
  }

  @Test
  void runsEachActionOnceInOrder() {
    TestContext context = TestContext.create();
    context.cancellation().onCancel(() -> log.add("first"));
    context.cancellation().onCancel(() -> log.add("second"));
    context.cancel();
    context.cancel();
    assertEquals(List.of("first", "second"), log);
  }

  @Test
  void runsALateActionAtOnce() {
    TestContext context = TestContext.create();
    context.cancel();
    context.cancellation().onCancel(() -> log.add("late"));
    assertEquals(List.of("late"), log);
  }

  @Test
  void runsEveryActionWhateverOthersThrow() {
    TestContext context = TestContext.create();
    IllegalStateException failure = new IllegalStateException("first");
    context
        .cancellation()
        .onCancel(
            () -> {
              throw failure;
            });
    context.cancellation().onCancel(() -> log.add("second"));
    context
        .cancellation()
        .onCancel(
            () -> {
              throw new IllegalStateException("third");
            });
    assertSame(failure, assertThrows(IllegalStateException.class, context::cancel));
    assertEquals(List.of("second"), log);
    assertEquals("third", failure.getSuppressed()[0].getMessage());
  }

  @Test
  void isNotCancelledOnceTheCallHasEnded() {
    TestContext context = TestContext.create();
    context.cancellation().onCancel(() -> log.add("before"));
    context.end();
    context.cancellation().onCancel(() -> log.add("after"));
    context.cancel();
    context.clock().advance(Duration.ofDays(1));
    assertEquals(List.of(), log);
    assertFalse(context.cancellation().isCancelled());
  }

  @Test
  void clockOnlyMovesOn() {
    TestClock clock = new TestClock();
    assertEquals(0, clock.getAsLong());
    clock.advance(Duration.ofNanos(5));
    assertEquals(5, clock.getAsLong());
    assertEquals(
        "duration must not be negative, was PT-1S: a monotonic clock only moves on",
        assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofSeconds(-1)))
            .getMessage());
    assertEquals(5, clock.getAsLong());
  }
}
