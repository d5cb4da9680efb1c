package dev.snowshed.runtime.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.Dependency;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.logging.CurrentCall;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class CallDependencyTest {
  private static final long MILLI = 1_000_000;
  private final IOException down = new IOException("down");

  private static DependencyDescriptor.Builder catalog() {
    return DependencyDescriptor.named("catalog").breakerCalls(0);
  }

  private Object fails() throws IOException {
    throw down;
  }

  private static Object never() throws InterruptedException {
    new CountDownLatch(1).await();
    return "";
  }

  private static Kind kindOf(Dependency dependency) {
    return assertThrows(DependencyException.class, () -> dependency.call(() -> "x")).kind();
  }

  private static Throwable failureOf(CompletableFuture<?> stage) {
    return Objects.requireNonNull(
        assertThrows(ExecutionException.class, () -> stage.get(10, TimeUnit.SECONDS)).getCause());
  }

  @Test
  void givesWhatTheCallGives() throws Exception {
    FakeCall call = FakeCall.of(catalog());

    assertEquals("tea", call.dependency("catalog").call(() -> "tea"));
    assertSame(
        down, assertThrows(IOException.class, () -> call.dependency("catalog").call(this::fails)));

    call.dependencies.finish(false, MILLI, System.nanoTime());
    assertEquals(2, call.seen("catalog").calls());
    assertEquals(1, call.seen("catalog").failures());
  }

  @Test
  void givesWhatTheStageGives() throws Exception {
    Dependency dependency = FakeCall.of(catalog()).dependency("catalog");

    assertEquals(
        "tea",
        dependency
            .callAsync(() -> CompletableFuture.completedFuture("tea"))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));
    assertSame(
        down,
        failureOf(
            dependency
                .callAsync(() -> CompletableFuture.failedFuture(down))
                .toCompletableFuture()));
  }

  @Test
  void goesOnWithoutADependencyThatFails() throws Exception {
    FakeCall call = FakeCall.of(catalog());
    Dependency dependency = call.dependency("catalog");

    assertEquals("none", dependency.call(this::fails, failure -> "none"));
    assertEquals(
        "none",
        dependency
            .callAsync(() -> CompletableFuture.failedFuture(down), failure -> "no" + check(failure))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));

    assertEquals(2, call.seen("catalog").fallbacks());
    assertEquals(2, call.seen("catalog").failures());
  }

  private String check(Exception failure) {
    assertSame(down, failure);
    return "ne";
  }

  @Test
  void cutsACallAtItsTimeout() {
    FakeCall call = FakeCall.of(catalog().timeoutNanos(20 * MILLI));

    DependencyException cut =
        assertThrows(
            DependencyException.class,
            () -> call.dependency("catalog").call(CallDependencyTest::never));

    assertEquals(Kind.TIMEOUT, cut.kind());
    assertEquals(
        "dependency catalog of function shop did not answer within 20 ms; that is set by"
            + " @DependsOn(timeout) or snowshed.function.shop.dependency.catalog.timeout",
        cut.getMessage());
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(1, call.seen("catalog").failures());
  }

  @Test
  void cutsAStageAtItsTimeout() {
    FakeCall call = FakeCall.of(catalog().timeoutNanos(20 * MILLI));
    CompletableFuture<String> stage = new CompletableFuture<>();

    Throwable failure =
        failureOf(call.dependency("catalog").callAsync(() -> stage).toCompletableFuture());

    assertEquals(Kind.TIMEOUT, assertInstanceOf(DependencyException.class, failure).kind());
    assertTrue(stage.isCancelled());
  }

  @Test
  void cutsAStageWhenTheFunctionsCallIsCancelled() {
    FakeCall call = FakeCall.of(catalog());
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> result =
        call.dependency("catalog").callAsync(() -> stage, failure -> "none").toCompletableFuture();

    call.cancel();

    assertEquals(
        Kind.DEADLINE, assertInstanceOf(DependencyException.class, failureOf(result)).kind());
    assertTrue(stage.isCancelled());
    assertEquals(0, call.seen("catalog").failures(), "says nothing of the dependency");
  }

  @Test
  void cutsACallOnAThreadOfTheFunctionsOwn() throws Exception {
    FakeCall call = FakeCall.of(catalog());
    CountDownLatch made = new CountDownLatch(1);
    FutureTask<Object> task =
        new FutureTask<>(
            () ->
                call.dependency("catalog")
                    .call(
                        () -> {
                          made.countDown();
                          return never();
                        }));
    Thread own = Thread.ofVirtual().start(task);
    assertTrue(made.await(10, TimeUnit.SECONDS));

    call.cancel();

    ExecutionException cut =
        assertThrows(ExecutionException.class, () -> task.get(10, TimeUnit.SECONDS));
    assertInstanceOf(InterruptedException.class, cut.getCause());
    assertTrue(own.join(Duration.ofSeconds(10)));
    assertEquals(0, call.seen("catalog").failures(), "says nothing of the dependency");
  }

  @Test
  void interruptsNoThreadWhoseCallHasEnded() throws Exception {
    FakeCall call = FakeCall.of(catalog());
    call.dependency("catalog").call(() -> "found");

    call.cancel();

    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void leavesTheThreadOfTheFunctionsCallToThat() throws Exception {
    FakeCall call = FakeCall.of(catalog());
    CurrentCall.enter(call);
    try {
      call.dependency("catalog")
          .call(
              () -> {
                call.cancel();
                return "found";
              });
    } finally {
      CurrentCall.exit();
    }

    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void makesNoCallWithoutTimeLeft() {
    FakeCall call = FakeCall.with(FakeCall.guards(catalog().build()), Duration.ZERO);

    assertEquals(Kind.DEADLINE, kindOf(call.dependency("catalog")));
    assertEquals(0, call.seen("catalog").failures());
  }

  @Test
  void doesNotStandInForACallThatWasInterrupted() {
    FakeCall call = FakeCall.of(catalog());
    call.cancel();

    assertThrows(
        InterruptedException.class,
        () ->
            call.dependency("catalog")
                .call(
                    () -> {
                      throw new InterruptedException();
                    },
                    failure -> "none"));
    assertEquals(0, call.seen("catalog").fallbacks());
  }

  @Test
  void takesAnAnswerToTheCallerForAnAnswerOfTheDependency() {
    FakeCall call = FakeCall.of(catalog());

    assertThrows(
        ProblemException.class,
        () ->
            call.dependency("catalog")
                .call(
                    () -> {
                      throw new ProblemException(404, "no such article");
                    },
                    failure -> "none"));

    assertEquals(0, call.seen("catalog").failures());
  }

  @Test
  void leavesADependencyAloneThatFailsTooOftenAndTriesItAgain() throws Exception {
    FunctionGuards guards =
        FakeCall.guards(
            catalog()
                .breakerCalls(4)
                .breakerFailures(0.5)
                .breakerDelayNanos(20 * MILLI)
                .strength(Strength.STRONG)
                .build());
    Dependency dependency = FakeCall.of(guards).dependency("catalog");
    for (int i = 0; i < 4; i++) {
      assertThrows(IOException.class, () -> dependency.call(this::fails));
    }

    assertEquals(Breaker.OPEN, guards.breaker("catalog"));
    assertEquals("catalog", guards.missing());

    Poll.until("half-open", () -> guards.breaker("catalog") == Breaker.HALF_OPEN);
    assertEquals("", guards.missing());
    assertEquals("tea", dependency.call(() -> "tea"));
    assertEquals(Breaker.CLOSED, guards.breaker("catalog"));
  }

  @Test
  void refusesWhileTheBreakerIsOpen() {
    FakeCall call = FakeCall.of(catalog().breakerCalls(2).breakerDelayNanos(3_600_000 * MILLI));
    Dependency dependency = call.dependency("catalog");
    for (int i = 0; i < 2; i++) {
      assertThrows(IOException.class, () -> dependency.call(this::fails));
    }

    assertEquals(Kind.BREAKER_OPEN, kindOf(dependency));
    assertEquals("", call.guards.missing(), "it is not declared strong");
    assertEquals(1, call.seen("catalog").refused());
  }

  @Test
  void refusesMoreCallsThanMayBeUnderWay() {
    FakeCall call = FakeCall.of(catalog().maxConcurrent(1));
    CompletableFuture<String> stage = new CompletableFuture<>();
    var first = call.dependency("catalog").callAsync(() -> stage);

    assertEquals(Kind.BULKHEAD_FULL, kindOf(call.dependency("catalog")));
    stage.complete("tea");
    assertTrue(first.toCompletableFuture().isDone());
    assertEquals(1, call.seen("catalog").refused());
  }

  @Test
  void triesAgainWithinItsBudget() {
    FakeCall call = FakeCall.of(catalog().retries(3));
    AtomicInteger attempts = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      assertThrows(
          IOException.class,
          () ->
              call.dependency("catalog")
                  .call(
                      () -> {
                        attempts.incrementAndGet();
                        return fails();
                      }));
    }

    int retries = attempts.get() - 20;
    assertTrue(retries >= 10 && retries <= 12, () -> retries + " retries of 20 calls");
    assertEquals(retries, call.seen("catalog").retries());
    assertEquals(20, call.seen("catalog").calls());
  }

  @Test
  void countsACallThatSucceedsAtLastAsOne() throws Exception {
    FakeCall call = FakeCall.of(catalog().retries(1));
    AtomicInteger attempts = new AtomicInteger();

    Object answer =
        call.dependency("catalog")
            .callAsync(
                () ->
                    attempts.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(down)
                        : CompletableFuture.completedFuture("tea"))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);

    assertEquals("tea", answer);
    EdgeSnapshot seen = call.seen("catalog");
    assertEquals(1, seen.calls());
    assertEquals(0, seen.failures());
    assertEquals(1, seen.retries());
  }

  @Test
  void rejectsWhatIsNoName() {
    FakeCall call = FakeCall.of(catalog());
    assertThrows(IllegalArgumentException.class, () -> call.dependency("a b"));
  }

  @Test
  void tellsABoundedNumberOfNamesApart() throws Exception {
    FakeCall call = FakeCall.of(FakeCall.guards());
    for (int i = 0; i < 100; i++) {
      assertEquals("x", call.dependency("d" + i).call(() -> "x"));
    }

    List<EdgeSnapshot> edges = call.guards.statistics().snapshot(System.nanoTime()).edges();
    assertEquals(FunctionDependencies.MAX_NAMES, edges.size());
    assertEquals(37, call.seen(FunctionDependencies.OTHER).calls());
  }

  @Test
  void knowsHowLongTheFunctionWaited() throws Exception {
    FakeCall call = FakeCall.of(catalog());
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    long before = System.nanoTime();
    var _ = call.dependency("catalog").callAsync(() -> first);
    var _ = call.dependency("promotions").callAsync(() -> second);
    first.complete("a");
    second.complete("b");
    long most = System.nanoTime() - before;

    long waited = call.dependencies.finish(false, most, System.nanoTime());

    assertTrue(waited > 0 && waited <= most, () -> waited + " of " + most);
    assertEquals(waited, call.dependencies.close(Long.MAX_VALUE), "it ends once");
  }

  /** A drill in which the catalog meets a fault. */
  private static final class Drill implements Injections {
    private final Fault fault;
    final List<String> ends = new ArrayList<>();

    Drill(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Fault of(String dependency) {
      return fault;
    }

    @Override
    public void observed(String dependency) {}

    @Override
    public void ended(boolean failed, long latencyNanos, boolean injected) {
      ends.add(failed + " " + latencyNanos + " " + injected);
    }

    @Override
    public void left() {
      ends.add("left");
    }
  }

  @Test
  void tellsADrillOfEachEndOnce() {
    Drill drill = new Drill(new Fault.Failure());
    CallDependencies good = FakeCall.in(drill, FakeCall.guards(fragile())).dependencies;
    good.finish(false, 7, System.nanoTime());
    good.close(System.nanoTime());
    CallDependencies abandoned = FakeCall.in(drill, FakeCall.guards(fragile())).dependencies;
    abandoned.close(System.nanoTime());
    abandoned.close(System.nanoTime());

    assertEquals(List.of("false 7 false", "left"), drill.ends);
  }

  private static DependencyDescriptor fragile() {
    return catalog().breakerCalls(2).timeoutNanos(20 * MILLI).build();
  }

  @Test
  void failsInADrillWithoutACall() {
    FunctionGuards guards = FakeCall.guards(fragile());
    Drill drill = new Drill(new Fault.Failure());
    FakeCall call = FakeCall.in(drill, guards);
    for (int i = 0; i < 5; i++) {
      assertThrows(
          DependencyException.class,
          () ->
              call.dependency("catalog")
                  .call(
                      () -> {
                        throw new AssertionError("called");
                      }));
    }
    long _ = call.dependencies.finish(true, 7, System.nanoTime());

    assertEquals(List.of("true 7 true"), drill.ends);
    assertEquals(Breaker.CLOSED, guards.breaker("catalog"));
    assertEquals(0, call.seen("catalog").failures());
  }

  @Test
  void hangsInADrillUntilItIsCut() {
    Drill drill = new Drill(new Fault.Hang());
    FakeCall call = FakeCall.in(drill, FakeCall.guards(fragile()));

    assertEquals(Kind.TIMEOUT, kindOf(call.dependency("catalog")));
    Throwable failure =
        failureOf(
            call.dependency("catalog")
                .callAsync(() -> CompletableFuture.completedFuture("tea"))
                .toCompletableFuture());
    assertEquals(Kind.TIMEOUT, assertInstanceOf(DependencyException.class, failure).kind());
  }

  @Test
  void takesLongerInADrillAndIsThenCalled() throws Exception {
    Drill drill = new Drill(new Fault.Delay(2 * MILLI));
    FakeCall call = FakeCall.in(drill, FakeCall.guards(catalog().build()));
    long before = System.nanoTime();

    assertEquals("tea", call.dependency("catalog").call(() -> "tea"));
    assertEquals(
        "tea",
        call.dependency("catalog")
            .callAsync(() -> CompletableFuture.completedFuture("tea"))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));

    assertTrue(System.nanoTime() - before >= 4 * MILLI);
  }

  @Test
  void tellsADrillThatItsDependencyWasNotMet() {
    Drill drill = new Drill(new Fault.Failure());
    FakeCall call = FakeCall.in(drill, FakeCall.guards(fragile()));

    long _ = call.dependencies.finish(false, 7, System.nanoTime());

    assertEquals(List.of("false 7 false"), drill.ends);
  }
}
