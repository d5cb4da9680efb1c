package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionCounters;
import dev.snowshed.core.traffic.Estimate.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Counters as a host of four processors would show them. */
class TrafficModelTest {
  private static final long SLOT = 100_000_000;
  private static final double PROCESSORS = 4;

  private SplittableRandom random = new SplittableRandom(1);
  private final Map<String, Load> loads = new LinkedHashMap<>();
  private final TrafficModel model = new TrafficModel(_ -> counters());
  private double processors = PROCESSORS;
  private double background;
  private double busyNanos;
  private long now;

  /** What one function does, per second, and what has come of it. */
  private static final class Load {
    double perSecond;
    double refused;
    double retries;
    double computing = 0.01;
    double waiting;
    double downstream;
    double overhead;
    boolean limited;
    boolean kneeKnown;

    double offeredSum;
    double refusedSum;
    double retriesSum;
    double ended;
    double runNanos;
    double squares;
    double downstreamNanos;
    double inflightNanos;
    long limitedNanos;

    double runSeconds() {
      return computing + waiting;
    }
  }

  private Load load(String function) {
    return loads.computeIfAbsent(function, _ -> new Load());
  }

  private FunctionTraffic play(int seconds, String function) {
    for (int i = 0; i < seconds * 10; i++) {
      tick();
    }
    return model.snapshot().functions().stream()
        .filter(each -> each.function().equals(function))
        .findFirst()
        .orElseThrow();
  }

  private void tick() {
    now += SLOT;
    busyNanos += background * SLOT;
    loads.values().forEach(this::play);
    model.tick(now);
  }

  private void play(Load load) {
    double count = Math.max(0, Math.round(load.perSecond / 10 + noise(load.perSecond / 10)));
    double work = count * load.computing + noise(count) * load.computing;
    load.ended += count;
    load.offeredSum += count + load.refused / 10;
    load.refusedSum += load.refused / 10;
    load.retriesSum += load.retries / 10;
    load.runNanos += (work + count * load.waiting) * 1e9;
    load.squares += 2 * count * load.runSeconds() * load.runSeconds() * 1e18;
    load.downstreamNanos += count * load.downstream * 1e9;
    load.inflightNanos += (work + count * load.waiting) * 1e9;
    load.limitedNanos += load.limited ? SLOT : 0;
    busyNanos += Math.min(work + count * load.overhead, PROCESSORS * SLOT / 1e9) * 1e9;
  }

  private double noise(double variance) {
    return random.nextGaussian() * Math.sqrt(variance);
  }

  private HostCounters counters() {
    List<FunctionCounters> functions = new ArrayList<>();
    loads.forEach((name, load) -> functions.add(counters(name, load)));
    return new HostCounters(busyNanos, processors, functions);
  }

  private FunctionCounters counters(String name, Load load) {
    return new FunctionCounters(
        name,
        of(load.offeredSum),
        of(load.refusedSum),
        (long) load.retriesSum,
        (long) load.ended,
        0,
        load.runNanos,
        load.squares,
        load.downstreamNanos,
        load.inflightNanos,
        0,
        load.limitedNanos,
        now,
        10,
        0,
        0,
        load.kneeKnown);
  }

  private static Map<Criticality, Long> of(double count) {
    Map<Criticality, Long> counts = new EnumMap<>(Criticality.class);
    counts.put(Criticality.CRITICAL, (long) count);
    return counts;
  }

  private static String refusal(FunctionTraffic traffic) {
    return traffic.refusal().orElseThrow();
  }

  private static double safe(FunctionTraffic traffic) {
    return traffic
        .safeThroughput()
        .orElseThrow(() -> new AssertionError(traffic.refusal().orElse("")))
        .value();
  }

  @Test
  void extrapolatesFromWhatARequestCosts() {
    load("f").perSecond = 200;

    Estimate safe = play(20, "f").safeThroughput().orElseThrow();

    assertEquals(Source.EXTRAPOLATED, safe.source());
    assertEquals(400, safe.value(), 40);
    assertTrue(safe.low() <= 400 && 400 <= safe.high(), safe.toString());
  }

  @Test
  void saysNothingAfterFewRequests() {
    load("f").perSecond = 200;

    assertTrue(refusal(play(3, "f")).contains("requests have ended"));
  }

  @Test
  void refusesWhereAPoolMayEndItFirst() {
    Load load = load("f");
    load.perSecond = 200;
    load.waiting = 0.04;

    assertTrue(refusal(play(20, "f")).contains("off the processors"));
  }

  @Test
  void refusesTooNarrowARange() {
    load("f").perSecond = 40;

    assertTrue(refusal(play(120, "f")).contains("of the processors were in use"));
  }

  @Test
  void takesTheThroughputAtAKneeForTheCapacity() {
    Load load = load("f");
    load.perSecond = 200;
    load.waiting = 0.04;
    load.limited = true;
    load.kneeKnown = true;

    FunctionTraffic traffic = play(20, "f");

    assertEquals(Bottleneck.HIDDEN, traffic.bottleneck());
    assertEquals(200, traffic.safeThroughput().orElseThrow().value(), 20);
    assertEquals(200 * 0.05, traffic.safeConcurrency().orElseThrow().value(), 1);
  }

  @Test
  void doesNotTakeALimitThatStillRisesForTheCapacity() {
    Load load = load("f");
    load.perSecond = 200;
    load.waiting = 0.04;
    load.limited = true;

    assertTrue(play(20, "f").safeThroughput().isEmpty());
  }

  @Test
  void measuresWhatFullProcessorsDo() {
    Load load = load("f");
    load.perSecond = 440;
    load.limited = true;

    FunctionTraffic traffic = play(20, "f");

    assertEquals(Bottleneck.PROCESSORS, traffic.bottleneck());
    assertEquals(Source.MEASURED, traffic.safeThroughput().orElseThrow().source());
  }

  @Test
  void forgetsWhatWasWhenTheCostChanges() {
    load("f").perSecond = 200;
    play(30, "f");
    load("f").computing = 0.016;

    assertTrue(refusal(play(3, "f")).contains("changed"), "at once");
    assertEquals(250, play(30, "f").safeThroughput().orElseThrow().value(), 25);
  }

  @Test
  void tellsFunctionsApart() {
    load("cheap").perSecond = 100;
    load("cheap").computing = 0.004;
    load("dear").perSecond = 60;
    load("dear").computing = 0.02;

    FunctionTraffic cheap = play(60, "cheap");
    FunctionTraffic dear = play(1, "dear");

    assertEquals(0.001, cheap.costHostSeconds().orElseThrow().value(), 1e-4);
    assertEquals(0.005, dear.costHostSeconds().orElseThrow().value(), 5e-4);
    assertEquals(0.4, model.snapshot().hostUtilization().orElseThrow(), 0.05);
    // the mix may grow two and a half times
    assertEquals(250, cheap.inMixPerSecond().orElseThrow(), 40);
  }

  @Test
  void tellsFunctionsApartByTheirRatesWhereTheyWait() {
    load("waits").perSecond = 100;
    load("waits").computing = 0.005;
    load("waits").waiting = 0.05;
    for (int i = 0; i < 40; i++) {
      load("computes").perSecond = 50 + 50 * (i % 4);
      play(3, "computes");
    }

    assertEquals(0.0025, play(1, "computes").costHostSeconds().orElseThrow().value(), 2.5e-4);
  }

  @Test
  void countsRefusedRequestsAsDemandAndRetriesNot() {
    Load load = load("f");
    load.perSecond = 200;
    load.refused = 100;
    load.retries = 50;

    Demand demand = play(20, "f").demand();

    assertEquals(250, demand.offeredPerSecond(), 15);
    assertEquals(100, demand.refusedPerSecond(), 5);
    assertEquals(50, demand.retriesPerSecond(), 5);
    assertEquals(2.5, demand.offeredConcurrency(), 0.3);
    assertEquals(300, demand.byCriticality().getOrDefault(Criticality.CRITICAL, 0.0), 15);
    assertEquals(3, demand.concurrencyByCriticality().getOrDefault(Criticality.CRITICAL, 0.0), 0.4);
  }

  @Test
  void keepsWhatItKnowsWhileNothingComes() {
    load("f").perSecond = 200;
    play(20, "f");
    load("f").perSecond = 0;

    Estimate safe = play(30, "f").safeThroughput().orElseThrow();

    assertTrue(safe.ageNanos() >= 29_000_000_000L, safe.toString());
  }

  /** Held at a knee, and little computing. */
  private Load held(String function, double perSecond, double waiting) {
    Load load = load(function);
    load.perSecond = perSecond;
    load.computing = 0.001;
    load.waiting = waiting;
    load.limited = true;
    load.kneeKnown = true;
    return load;
  }

  @Test
  void doesNotTakeWhatADependencyAllowsForWhatARequestCosts() {
    load("other").perSecond = 100;
    held("slow", 100, 0.2).downstream = 0.2;

    FunctionTraffic traffic = play(25, "slow");

    assertEquals(Bottleneck.DEPENDENCY, traffic.bottleneck());
    assertEquals(100, safe(traffic), 5);
    assertEquals(Optional.empty(), traffic.costHostSeconds());
    assertTrue(refusal(traffic).contains("the cost of a request cannot be told"));
  }

  @Test
  void knowsWhatARequestCostsThatWaitsForADependencyAlone() {
    held("slow", 100, 0.2).downstream = 0.2;

    FunctionTraffic traffic = play(40, "slow");

    assertEquals(Bottleneck.DEPENDENCY, traffic.bottleneck());
    assertEquals(100, safe(traffic), 5);
    assertEquals(0.001 / 4, traffic.costHostSeconds().orElseThrow().value(), 5e-5);
  }

  @Test
  void takesARequestAtALimitOfItsOwnToCostNoMoreThanAllThatWasUsed() {
    load("other").perSecond = 100;
    held("pool", 100, 0.2);

    FunctionTraffic traffic = play(25, "pool");
    Estimate cost = traffic.costHostSeconds().orElseThrow();

    assertEquals(Bottleneck.HIDDEN, traffic.bottleneck());
    assertEquals((100 * 0.01 + 100 * 0.001) / 100 / 4, cost.value(), 1e-3);
    assertEquals(0, cost.low());
  }

  @Test
  void doesNotSpreadByRunTimeWhatIsUsedOutsideOfRuns() {
    Load longer = load("longer");
    longer.perSecond = 1000;
    longer.computing = 0.0005;
    longer.overhead = 0.001;
    Load shorter = load("shorter");
    shorter.perSecond = 500;
    shorter.computing = 0.0002;
    shorter.overhead = 0.001;

    assertTrue(refusal(play(30, "longer")).contains("have not differed"));
    for (int i = 0; i < 20; i++) {
      shorter.perSecond = 200 + 200 * (i % 4);
      play(3, "longer");
    }
    // 0.00175 by the run times
    assertEquals(0.0015 / 4, play(1, "longer").costHostSeconds().orElseThrow().value(), 5e-5 / 4);
  }

  @Test
  void takesOffWhatAnIdleHostUses() {
    background = 0.4;
    load("f");
    play(40, "f");
    load("f").perSecond = 120;

    // (4 - 0.4) / 0.01, and 300 without
    assertEquals(360, safe(play(120, "f")), 15);
  }

  @Test
  void doesNotTakeItsStartForWhatAnIdleHostUses() {
    background = 0.5;
    load("f");
    play(8, "f");
    background = 0;

    // 4 / 0.001, and 4667 if 0.5 is taken off
    assertEquals(4000, safe(playFullAndThenHalfFull()), 100);
  }

  @Test
  void doesNotTakeItsStartForAllTheTimeItWasIdle() {
    background = 0.5;
    load("f");
    play(30, "f");
    background = 0.1;
    play(20, "f");

    assertEquals(3900, safe(playFullAndThenHalfFull()), 60);
  }

  private FunctionTraffic playFullAndThenHalfFull() {
    held("f", 3900, 0);
    play(10, "f");
    load("f").perSecond = 2000;
    load("f").limited = false;
    return play(60, "f");
  }

  @Test
  void seesThatADependencyEndsItAfterAllTheTimeAtTheProcessors() {
    held("f", 3900, 0);
    assertEquals(Bottleneck.PROCESSORS, play(120, "f").bottleneck());
    held("f", 1000, 0.01).downstream = 0.01;

    FunctionTraffic traffic = play(16, "f");

    assertEquals(Bottleneck.DEPENDENCY, traffic.bottleneck());
    assertEquals(1000, safe(traffic), 50);
  }

  @Test
  void seesThatTheProcessorsEndItAfterAllTheTimeAtAPool() {
    held("f", 500, 0.02);
    assertEquals(Bottleneck.HIDDEN, play(120, "f").bottleneck());
    held("f", 3900, 0.02);

    FunctionTraffic traffic = play(16, "f");

    assertEquals(Bottleneck.PROCESSORS, traffic.bottleneck());
    assertEquals(4000, safe(traffic), 200);
  }

  @Test
  void knowsOfAPoolWhileAnotherFunctionTakesTheProcessors() {
    held("f", 500, 0.02);
    play(60, "f");
    held("f", 300, 0.02);
    held("other", 3550, 0);

    FunctionTraffic traffic = play(40, "f");

    assertEquals(Bottleneck.HIDDEN, traffic.bottleneck());
    assertEquals(500, safe(traffic), 25);
  }

  @Test
  void goesOnAfterAFailure() {
    load("f").perSecond = 200;
    play(20, "f");
    while (model.snapshot().atNanos() + 9 * SLOT > now) {
      tick();
    }
    processors = Double.NaN;
    assertThrows(IllegalArgumentException.class, this::tick);
    processors = PROCESSORS;

    FunctionTraffic traffic = play(1, "f");

    assertEquals(now, model.snapshot().atNanos());
    assertEquals(400, safe(traffic), 40);
  }

  @Test
  void staysWithinItsInterval() {
    int held = 0;
    int runs = 40;
    for (int i = 0; i < runs; i++) {
      TrafficModelTest other = new TrafficModelTest();
      other.random = new SplittableRandom(100 + i);
      other.load("f").perSecond = 250;
      Estimate safe = other.play(20, "f").safeThroughput().orElseThrow();
      held += safe.low() <= 400 && 400 <= safe.high() ? 1 : 0;
    }

    assertTrue(held >= 36, held + " of " + runs);
  }
}
