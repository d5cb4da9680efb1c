package dev.snowshed.core.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds whatever is called in whatever order. */
class DependencyPropertyTest {
  private static final Duration BUDGET = Duration.ofMillis(100);

  private static FunctionDependencies of(String source) {
    return new FunctionDependencies("f", new DependencySettings(source, BUDGET));
  }

  private static long act(
      FunctionDependencies f, List<CallRecord> open, SplittableRandom random, long now) {
    Edge edge = f.edge("d" + random.nextInt(100));
    if (open.isEmpty() || random.nextInt(4) == 0) {
      open.add(f.begin(now));
    }
    CallRecord call = open.get(random.nextInt(open.size()));
    switch (random.nextInt(8)) {
      case 0 -> call.fellBack(edge);
      case 1 -> call.retried(edge);
      case 2 -> {
        if (random.nextInt(20) == 0) {
          call.injected(edge);
        }
      }
      case 3, 4 -> call.finish(random.nextBoolean(), random.nextLong(), now);
      default -> {
        Outcome[] outcomes = Outcome.values();
        call.ended(edge, outcomes[random.nextInt(outcomes.length)], random.nextLong(200_000_000));
      }
    }
    if (open.size() > 20) {
      open.remove(random.nextInt(open.size()));
    }
    return now + random.nextLong(random.nextInt(100) == 0 ? 100_000_000_000L : 1_000_000_000L);
  }

  @Test
  void keepsItsInvariantsWhateverIsCalled() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FunctionDependencies f = of("s");
      List<CallRecord> open = new ArrayList<>();
      long now = random.nextLong();
      for (int i = 0; i < 2000; i++) {
        now = act(f, open, random, now);
        if (i % 500 == 499) {
          check(f.snapshot(now), "seed " + seed);
        }
      }
    }
  }

  private static void check(Snapshot snapshot, String seed) {
    assertTrue(snapshot.edges().size() <= FunctionDependencies.MAX_NAMES, seed);
    for (EdgeSnapshot each : snapshot.edges()) {
      String message = seed + ": " + each;
      assertTrue(each.failures() + each.refused() <= each.calls(), message);
      assertTrue(each.callsPerSecond() >= 0, message);
      assertTrue(each.errorRate() >= 0 && each.errorRate() <= 1, message);
      assertTrue(each.shareOfTime() >= 0 && each.shareOfTime() <= 1, message);
      assertTrue(each.p50Nanos() <= each.p99Nanos() && each.p50Nanos() >= 0, message);
      assertTrue(each.difference().low() <= each.difference().high(), message);
      assertTrue(each.difference().low() >= -1 && each.difference().high() <= 1, message);
      assertTrue(each.newestNanos() >= 0 && each.oldestNanos() >= each.newestNanos(), message);
      Verdict verdict = each.verdict();
      assertEquals(verdict.strength() == Strength.UNKNOWN, verdict.reason() != null, message);
      assertTrue(verdict.confidence() >= 0 && verdict.confidence() < 1, message);
    }
  }

  private static Evidence arbitrary(SplittableRandom random) {
    FunctionDependencies f = of("s" + random.nextInt(3));
    List<CallRecord> open = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 100; i++) {
      now = act(f, open, random, now);
    }
    int exports = random.nextInt(3);
    for (int i = 0; i < exports; i++) {
      f.evidence(now);
    }
    return f.evidence(now).aged(random.nextLong(1_000_000_000_000L));
  }

  @Test
  void mergesInAnyOrderAndAnyGrouping() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Evidence a = arbitrary(random);
      Evidence b = arbitrary(random);
      Evidence c = arbitrary(random);
      String message = "seed " + seed;
      assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)), message);
      assertEquals(a.merge(b), b.merge(a), message);
      assertEquals(a, a.merge(a), message);
      assertEquals(a.merge(b), a.merge(b).merge(b), message);
    }
  }

  @Test
  void addsUpOverInstances() {
    FunctionDependencies all = of("all");
    long expected = 0;
    for (int i = 0; i < 5; i++) {
      FunctionDependencies one = of("one" + i);
      for (int call = 0; call <= i; call++) {
        CallRecord record = one.begin(call);
        record.ended(one.edge("d"), Outcome.FAILED, 1);
        record.finish(true, 1, call);
        expected++;
      }
      all.merge(one.evidence(10), 0);
    }
    assertEquals(
        new Failures(expected, expected), all.snapshot(0).edges().get(0).failedGivenFailed());
  }

  @Test
  void losesNothingAmongThreads() throws InterruptedException, ExecutionException {
    FunctionDependencies f = of("s");
    int threads = 4;
    int calls = 20_000;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        all.add(pool.submit(() -> callOften(f, calls)));
      }
      for (int i = 0; i < 200; i++) {
        check(f.snapshot(i * 1_000_000_000L), "while others call");
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    Snapshot end = f.snapshot(calls * 1_000_000L);
    long total = (long) threads * calls;
    assertEquals(total, end.calls());
    EdgeSnapshot edge = end.edges().get(0);
    assertEquals(total, edge.calls());
    assertEquals(total / 4, edge.failures());
    assertEquals(new Failures(total / 4, total / 4), edge.failedGivenFailed());
    assertEquals(new Failures(0, total - total / 4), edge.failedGivenFine());
  }

  private static void callOften(FunctionDependencies f, int calls) {
    for (int i = 0; i < calls; i++) {
      long now = i * 1_000_000L;
      CallRecord call = f.begin(now);
      boolean fails = i % 4 == 0;
      call.ended(f.edge("d"), fails ? Outcome.FAILED : Outcome.OK, 1000);
      call.finish(fails, 2000, now);
    }
  }

  /** One call of a function that calls many dependencies at the same time. */
  @Test
  void gathersWhatThreadsOfOneCallMeet() throws InterruptedException, ExecutionException {
    FunctionDependencies f = of("s");
    Edge[] edges = new Edge[60];
    Arrays.setAll(edges, i -> f.edge("d" + i));
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 200; round++) {
        CallRecord call = f.begin(round);
        List<Future<?>> all = new ArrayList<>();
        for (Edge each : edges) {
          all.add(pool.submit(() -> call.ended(each, Outcome.OK, 1)));
        }
        for (Future<?> each : all) {
          each.get();
        }
        call.finish(false, 1, round);
      }
    }
    for (EdgeSnapshot each : f.snapshot(200).edges()) {
      assertEquals(new Failures(0, 200), each.failedGivenFine());
    }
  }
}
