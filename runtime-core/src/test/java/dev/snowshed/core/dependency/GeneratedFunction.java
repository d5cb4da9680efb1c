package dev.snowshed.core.dependency;

import static dev.snowshed.core.dependency.Outcome.CANCELLED;
import static dev.snowshed.core.dependency.Outcome.FAILED;
import static dev.snowshed.core.dependency.Outcome.OK;
import static dev.snowshed.core.dependency.Outcome.REFUSED;
import static dev.snowshed.core.dependency.Outcome.TIMED_OUT;
import static dev.snowshed.core.dependency.Strength.STRONG;
import static dev.snowshed.core.dependency.Strength.UNKNOWN;
import static dev.snowshed.core.dependency.Strength.WEAK;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A function of which it is known what it depends on.
 *
 * @param name what is special about it
 * @param truth what its dependencies "a" and, if it has two, "b" are; unknown means neither strong
 *     nor weak
 * @param body what a call does
 */
record GeneratedFunction(String name, List<Strength> truth, Body body) {
  private static final double GAP_SECONDS = 5;
  private static final long BUDGET_NANOS = 500_000_000;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** What one call does. */
  interface Body {
    /** Whether the function failed. */
    boolean call(Run run);
  }

  /** A host that the function runs on. */
  private record Instance(FunctionDependencies dependencies, Edge a, Edge b) {
    static Instance of(String source) {
      FunctionDependencies dependencies =
          new FunctionDependencies(
              "f", new DependencySettings(source, Duration.ofNanos(BUDGET_NANOS)));
      return new Instance(dependencies, dependencies.edge("a"), dependencies.edge("b"));
    }
  }

  /**
   * The calls of one function in one run, one every five seconds on average on each of its
   * instances. All of them have the same weather.
   */
  static final class Run {
    final SplittableRandom random;
    private final Weather weatherOfA;
    private final Weather weatherOfB;
    private final Weather hidden;
    private final List<Instance> instances;
    private Edge a;
    private Edge b;
    private double seconds;
    private long nanos;
    private CallRecord call;

    Run(long seed, int instances) {
      random = new SplittableRandom(seed);
      weatherOfA = new Weather(random.split(), 400, 100);
      weatherOfB = new Weather(random.split(), 400, 100);
      hidden = new Weather(random.split(), 400, 100);
      this.instances =
          IntStream.range(0, instances).mapToObj(i -> Instance.of("instance " + i)).toList();
      beginAtAnyTime();
      a = this.instances.get(0).a;
      b = this.instances.get(0).b;
      call = this.instances.get(0).dependencies.begin(0);
    }

    /** So that their minutes do not begin at the same time. */
    private void beginAtAnyTime() {
      for (int i = 1; i < instances.size(); i++) {
        long ago = i * MINUTE_NANOS / instances.size();
        instances.get(i).dependencies.begin(-ago).finish(false, 0, -ago);
      }
    }

    /** The next call, on whichever instance. */
    void call(GeneratedFunction function) {
      int count = instances.size();
      seconds += -GAP_SECONDS / count * Math.log(1 - random.nextDouble());
      nanos = 5_000_000;
      Instance host = instances.get(count == 1 ? 0 : random.nextInt(count));
      a = host.a;
      b = host.b;
      call = host.dependencies.begin(nowNanos());
      boolean failed = function.body.call(this) || chance(0.005);
      call.finish(failed, nanos, nowNanos());
    }

    /** What the first instance knows, once it has heard of the others. */
    List<EdgeSnapshot> edges() {
      FunctionDependencies first = instances.get(0).dependencies;
      instances.stream()
          .skip(1)
          .forEach(each -> first.merge(each.dependencies.evidence(nowNanos()), nowNanos()));
      return first.snapshot(nowNanos()).edges();
    }

    long nowNanos() {
      return (long) (seconds * 1e9);
    }

    boolean chance(double share) {
      return random.nextDouble() < share;
    }

    boolean aIsDown() {
      return weatherOfA.isBad(seconds);
    }

    boolean bIsDown() {
      return weatherOfB.isBad(seconds);
    }

    boolean somethingElseIsDown() {
      return hidden.isBad(seconds);
    }

    /** Calls a, which fails mostly while it is down and seldom otherwise. */
    boolean failsA() {
      return fails(a, chance(aIsDown() ? 0.9 : 0.01));
    }

    boolean failsAOneOfMany() {
      return fails(a, chance(aIsDown() ? 0.97 : 0.003));
    }

    boolean failsB() {
      return fails(b, chance(bIsDown() ? 0.9 : 0.01));
    }

    boolean fails(Edge edge, boolean failed) {
      return ended(edge, outcome(failed), 10_000_000);
    }

    Outcome outcome(boolean failed) {
      Outcome[] ways = {FAILED, REFUSED, TIMED_OUT};
      return failed ? ways[random.nextInt(3)] : OK;
    }

    boolean ended(Edge edge, Outcome outcome, long latencyNanos) {
      call.ended(edge, outcome, latencyNanos);
      nanos += latencyNanos;
      return outcome != OK;
    }
  }

  static final GeneratedFunction NEEDS = one("strong", STRONG, Run::failsA);

  static final GeneratedFunction DOES_WITHOUT = one("weak", WEAK, GeneratedFunction::heedless);

  /** Each of its calls has threads of its own. */
  static final GeneratedFunction FROM_THREADS =
      two("strong and weak, from two threads", GeneratedFunction::fromThreads);

  /** All of them. */
  static final List<GeneratedFunction> ALL =
      List.of(
          NEEDS,
          DOES_WITHOUT,
          one("weak, but slow", UNKNOWN, GeneratedFunction::slowly),
          one("strong on 5 % of inputs", UNKNOWN, run -> run.failsA() && run.chance(0.051)),
          one("strong on 30 % of inputs", UNKNOWN, run -> run.failsA() && run.chance(0.3)),
          one("strong on 50 % of inputs", UNKNOWN, run -> run.failsA() && run.chance(0.5)),
          one("strong on inputs that come and go", UNKNOWN, GeneratedFunction::varyingInputs),
          two("strong and weak, failing together", GeneratedFunction::together),
          two("strong and weak, never failing apart", GeneratedFunction::neverApart),
          two("strong and weak, at once", GeneratedFunction::atOnce),
          new GeneratedFunction(
              "strong, then strong", List.of(STRONG, STRONG), run -> run.failsA() || run.failsB()),
          one("strong, retried by the function", STRONG, GeneratedFunction::retrying),
          one("strong, called ten times", STRONG, GeneratedFunction::tenTimes),
          one("weak, called ten times", WEAK, GeneratedFunction::heedlessTenTimes),
          one("strong, retried by the host", STRONG, GeneratedFunction::retriedByTheHost),
          one("weak, with a fallback", WEAK, GeneratedFunction::fallingBack),
          one("weak, its fallback too slow", UNKNOWN, GeneratedFunction::fallingBackSlowly),
          FROM_THREADS,
          one("weak, while something hidden fails", WEAK, GeneratedFunction::hiddenCause),
          one("weak, of a function that fails often", WEAK, GeneratedFunction::failingOften));

  private static GeneratedFunction one(String name, Strength a, Body body) {
    return new GeneratedFunction(name, List.of(a), body);
  }

  private static GeneratedFunction two(String name, Body body) {
    return new GeneratedFunction(name, List.of(STRONG, WEAK), body);
  }

  private static boolean slowly(Run run) {
    boolean hangs = run.aIsDown() && run.chance(0.3);
    if (hangs) {
      run.ended(run.a, TIMED_OUT, 600_000_000);
    } else {
      run.ended(run.a, run.aIsDown() ? FAILED : OK, 10_000_000);
    }
    return false;
  }

  private static boolean varyingInputs(Run run) {
    return run.failsA() && run.somethingElseIsDown();
  }

  private static boolean together(Run run) {
    boolean aFails = run.fails(run.a, run.chance(run.aIsDown() ? 0.7 : 0.01));
    run.fails(run.b, run.chance(run.aIsDown() ? 0.7 : 0.01));
    return aFails;
  }

  private static boolean neverApart(Run run) {
    boolean down = run.aIsDown();
    run.fails(run.b, down);
    return run.fails(run.a, down);
  }

  private static boolean atOnce(Run run) {
    boolean aFails = run.failsA();
    if (aFails && run.chance(0.5)) {
      run.ended(run.b, CANCELLED, 5_000_000);
    } else {
      run.failsB();
    }
    return aFails;
  }

  private static boolean retrying(Run run) {
    for (int i = 0; i < 3; i++) {
      if (!run.failsA()) {
        return false;
      }
    }
    return true;
  }

  private static boolean retriedByTheHost(Run run) {
    boolean failed = true;
    for (int i = 0; i < 3 && failed; i++) {
      failed = run.chance(run.aIsDown() ? 0.9 : 0.01);
      if (failed && i < 2) {
        run.call.retried(run.a);
      }
    }
    return run.fails(run.a, failed);
  }

  private static boolean fallingBack(Run run) {
    if (run.failsA()) {
      run.call.fellBack(run.a);
    }
    return false;
  }

  /** What it takes instead of a, it gets too late in one of four calls. */
  private static boolean fallingBackSlowly(Run run) {
    if (run.failsA()) {
      run.call.fellBack(run.a);
      run.nanos += run.chance(0.25) ? BUDGET_NANOS : 0;
    }
    return false;
  }

  private static boolean fromThreads(Run run) {
    Outcome ofA = run.outcome(run.chance(run.aIsDown() ? 0.9 : 0.01));
    Outcome ofB = run.outcome(run.chance(run.bIsDown() ? 0.9 : 0.01));
    CallRecord call = run.call;
    Edge b = run.b;
    Thread other = Thread.startVirtualThread(() -> call.ended(b, ofB, 10_000_000));
    run.ended(run.a, ofA, 10_000_000);
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return ofA != OK;
  }

  private static boolean heedless(Run run) {
    run.failsA();
    return false;
  }

  private static boolean tenTimes(Run run) {
    for (int i = 0; i < 10; i++) {
      if (run.failsAOneOfMany()) {
        return true;
      }
    }
    return false;
  }

  private static boolean heedlessTenTimes(Run run) {
    for (int i = 0; i < 10; i++) {
      run.failsAOneOfMany();
    }
    return false;
  }

  private static boolean hiddenCause(Run run) {
    boolean down = run.somethingElseIsDown();
    run.fails(run.a, run.chance(down ? 0.5 : 0.01));
    return down && run.chance(0.95);
  }

  private static boolean failingOften(Run run) {
    run.failsA();
    return run.chance(0.2);
  }
}
