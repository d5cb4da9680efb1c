package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nobody starves: on an overloaded host everybody who keeps asking gets a share of the processors
 * in each bounded time, whatever the others ask for. What share that is, max-min fairness says:
 * whoever asks for less than an equal part gets what it asks for, and the others get equal parts of
 * the rest. A lower criticality starves only while the higher takes all.
 */
class AdmissionFairnessTest {
  /** Of its share, what each gets over the whole run at least. */
  private static final double MOST_OF_IT = 0.75;

  /** And in each window, in which chance weighs more. */
  private static final double PART_OF_IT = 0.5;

  /** Processors that do not matter. */
  private static final double SLACK = 0.05;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFunctionGetsItsShare(long seed) {
    Run run = new Run(seed);
    for (int i = run.random.nextInt(2, 5); i > 0; i--) {
      run.asks(run.controller.open("f" + i), "", Criticality.CRITICAL, run.anyLoad());
    }
    run.go();
    run.checkShares();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyTenantGetsItsShare(long seed) {
    Run run = new Run(seed);
    FunctionGate gate = run.controller.open("f");
    for (int i = run.random.nextInt(2, 5); i > 0; i--) {
      run.asks(gate, "t" + i, Criticality.CRITICAL, run.anyLoad());
    }
    run.go();
    run.checkShares();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLowerCriticalityGetsWhatTheHigherLeaves(long seed) {
    Run run = new Run(seed);
    FunctionGate both = run.controller.open("f");
    FunctionGate other = run.controller.open("g");
    double high = run.processors * run.random.nextDouble(0.2, 2);
    run.asks(both, "", Criticality.CRITICAL, high);
    run.asks(both, "", Criticality.SHEDDABLE, run.anyLoad());
    run.asks(other, "", Criticality.SHEDDABLE, run.anyLoad());
    run.go();
    run.check(run.asking.subList(0, 1), Math.min(high, run.processors));
    run.check(run.asking.subList(1, 3), Math.max(0, run.processors - high));
  }

  /** One who asks again and again. */
  private static final class Asking {
    final FunctionGate gate;
    final String tenant;
    final Criticality criticality;

    /** How many processors it would keep busy. */
    final double load;

    /** How long it had a processor, in each window. */
    final double[] servedNanos = new double[Run.WINDOWS];

    Asking(FunctionGate gate, String tenant, Criticality criticality, double load) {
      this.gate = gate;
      this.tenant = tenant;
      this.criticality = criticality;
      this.load = load;
    }

    @Override
    public String toString() {
      return "%s%s %s asks for %.2f".formatted(gate.name(), tenant, criticality, load);
    }
  }

  private record Work(Asking of, Asker asker) {}

  private record Event(long atNanos, Runnable action) {}

  /** A host whose processors are what everybody needs. */
  private static final class Run {
    static final int WINDOWS = 8;
    private static final int RUNS_IN_A_WINDOW = 400;
    private static final long TICK_NANOS = 5_000_000;

    final RandomGenerator random;
    final AdmissionController controller;
    final int processors;
    final List<Asking> asking = new ArrayList<>();
    private final long seed;
    private final Machine machine = new Machine();
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::atNanos));
    private final Deque<Work> ready = new ArrayDeque<>();
    private final double meanRunNanos;
    private int idle;
    private long now;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      processors = random.nextInt(1, 5);
      idle = processors;
      machine.processors = processors;
      meanRunNanos = 1e6 * Math.exp(random.nextDouble(0, 3));
      controller = new AdmissionController(AdmissionSettings.DEFAULTS, machine, random);
    }

    /** More than an equal part of the processors for up to four, or much more. */
    double anyLoad() {
      return processors * Math.exp(random.nextDouble(Math.log(0.3), Math.log(4)));
    }

    void asks(FunctionGate gate, String tenant, Criticality criticality, double load) {
      asking.add(new Asking(gate, tenant, criticality, load));
    }

    private double windowNanos() {
      return RUNS_IN_A_WINDOW * asking.size() * meanRunNanos / processors;
    }

    /** Plays all windows, and one before them in which it is not looked. */
    void go() {
      after(TICK_NANOS, this::tick);
      asking.forEach(this::askLater);
      long end = (long) ((WINDOWS + 1) * windowNanos());
      while (now < end) {
        Event next = events.remove();
        now = next.atNanos();
        next.action().run();
        begin();
      }
    }

    private void after(double nanos, Runnable action) {
      events.add(new Event(now + 1 + (long) nanos, action));
    }

    private void tick() {
      controller.tick(now);
      after(TICK_NANOS, this::tick);
    }

    private void askLater(Asking who) {
      after(
          meanRunNanos / who.load * random.nextExponential(),
          () -> {
            ask(who);
            askLater(who);
          });
    }

    private void ask(Asking who) {
      Asker asker = new Asker().of(who.tenant).mattering(who.criticality);
      Work work = new Work(who, asker);
      asker
          .by(now + (long) (40 * meanRunNanos))
          .reacting(
              () -> {
                if (asker.isAdmitted()) {
                  ready.add(work);
                }
              })
          .ask(who.gate, now);
      if (asker.isAdmitted() && !ready.contains(work)) {
        ready.add(work);
      }
    }

    private void begin() {
      while (idle > 0 && !ready.isEmpty()) {
        idle--;
        Work work = ready.remove();
        machine.runQueueLength = ready.size();
        work.asker().permit().started(now);
        double runNanos = meanRunNanos * random.nextExponential();
        after(runNanos, () -> end(work, runNanos));
      }
      machine.runQueueLength = ready.size();
    }

    private void end(Work work, double runNanos) {
      idle++;
      int window = (int) (now / windowNanos()) - 1;
      if (window >= 0 && window < WINDOWS) {
        work.of().servedNanos[window] += runNanos;
      }
      assertTrue(work.asker().permit().end(Permit.Outcome.SUCCESS, now));
    }

    /** Each has had its share. */
    void checkShares() {
      double level = level();
      asking.forEach(who -> check(List.of(who), Math.min(who.load, level)));
    }

    /** These have had so many processors together, of what they ask for. */
    void check(List<Asking> some, double processorsForThem) {
      double load = some.stream().mapToDouble(who -> who.load).sum();
      double share = Math.min(load, processorsForThem);
      double sum = 0;
      for (int i = 0; i < WINDOWS; i++) {
        int window = i;
        double got =
            some.stream().mapToDouble(who -> who.servedNanos[window]).sum() / windowNanos();
        sum += got;
        assertTrue(got >= PART_OF_IT * share - SLACK, () -> told(some, share, got, "in a window"));
      }
      double mean = sum / WINDOWS;
      assertTrue(mean >= MOST_OF_IT * share - SLACK, () -> told(some, share, mean, "in all"));
    }

    private String told(List<Asking> some, double share, double got, String when) {
      return "seed %d: %s have a share of %.3f in %d processors and got %.3f %s, beside %s"
          .formatted(seed, some, share, processors, got, when, asking);
    }

    /** What nobody gets more than. */
    private double level() {
      double left = processors;
      int open = asking.size();
      for (Asking who : asking.stream().sorted(Comparator.comparingDouble(a -> a.load)).toList()) {
        if (who.load * open > left) {
          break;
        }
        left -= who.load;
        open--;
      }
      return open == 0 ? processors : left / open;
    }
  }
}
