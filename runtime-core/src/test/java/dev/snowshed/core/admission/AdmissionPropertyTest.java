package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariants while a host of any size is offered any load and serves what it lets in. */
class AdmissionPropertyTest {
  private static final long MILLI = 1_000_000;
  private static final long TICK = 5 * MILLI;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsItsInvariantsAndLetsNobodyStarve(long seed) {
    new Run(seed).go();
  }

  private record Service(Asker asker, long endNanos) {}

  /** Some seconds of a host. */
  private static final class Run {
    private final RandomGenerator random;
    private final AdmissionController controller;
    private final Invariants invariants;
    private final PriorityQueue<Service> running =
        new PriorityQueue<>(Comparator.comparingLong(Service::endNanos));
    private final List<Asker> seen = new ArrayList<>();
    private final double meanRunNanos;
    private final double meanGapNanos;
    private final int tenants;
    private long now;

    Run(long seed) {
      random = new SplittableRandom(seed);
      Machine machine = new Machine();
      machine.processors = random.nextDouble(0.1, 8);
      AdmissionSettings settings =
          new AdmissionSettings(
              Mode.ADAPTIVE,
              random.nextInt(1, 200),
              random.nextDouble(),
              random.nextDouble(0.5, 4),
              random.nextInt(1, 300),
              random.nextDouble(),
              Long.MAX_VALUE,
              random.nextInt(1, 64));
      controller = new AdmissionController(settings, machine, random);
      invariants = new Invariants(controller, settings);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        FunctionGate _ = invariants.open("f" + i);
      }
      meanRunNanos = MILLI * Math.exp(random.nextDouble(0, 4));
      double capacity = settings.initialLimit() / meanRunNanos;
      meanGapNanos = 1 / (capacity * random.nextDouble(0.3, 6));
      tenants = random.nextInt(1, 5);
      now = random.nextLong(-1L << 60, 1L << 60);
    }

    void go() {
      long nextTick = now;
      long nextArrival = now;
      for (int i = 0; i < 1_500; i++) {
        long nextEnd = running.isEmpty() ? Long.MAX_VALUE : running.peek().endNanos();
        now = Math.min(nextTick, Math.min(nextArrival, nextEnd));
        if (now == nextTick) {
          controller.tick(now);
          checkThatNobodyStarves();
          nextTick += TICK;
        } else if (now == nextArrival) {
          arrive();
          nextArrival += 1 + (long) (meanGapNanos * random.nextExponential());
        } else {
          end(running.remove().asker());
        }
        invariants.check(now);
        startThoseThatWereAdmitted();
      }
    }

    private void arrive() {
      List<FunctionGate> gates = invariants.gates();
      Asker asker =
          new Asker()
              .by(now + 1 + (long) (20 * meanRunNanos * random.nextExponential()))
              .of("t" + random.nextInt(tenants))
              .mattering(List.of(Criticality.values()).get(random.nextInt(4)));
      invariants.asked(asker.ask(gates.get(random.nextInt(gates.size())), now));
    }

    private void end(Asker asker) {
      assertTrue(asker.permit().end(Outcome.SUCCESS, now));
      invariants.ended(asker);
    }

    private void startThoseThatWereAdmitted() {
      seen.retainAll(invariants.running());
      for (Asker asker : List.copyOf(invariants.running())) {
        if (!seen.contains(asker)) {
          seen.add(asker);
          asker.permit().started(now);
          running.add(
              new Service(asker, now + 1 + (long) (meanRunNanos * random.nextExponential())));
        }
      }
      invariants.check(now);
    }

    private void checkThatNobodyStarves() {
      invariants.check(now);
      for (Asker asker : invariants.waiting()) {
        assertTrue(asker.deadlineNanos() > now, "waits beyond its deadline");
      }
    }
  }
}
