package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary calls with arbitrary values: nothing may throw, hang or break an invariant. */
class AdmissionFuzzTest {
  private static final int STEPS = 1_000;
  private static final long[] TIMES = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    -1_000_000_000L,
    -1,
    0,
    1,
    1_000_000_000L,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };
  private static final double[] SIGNALS = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -1,
    -0.0,
    0,
    Double.MIN_VALUE,
    0.5,
    0.87,
    0.92,
    0.99,
    64,
    Double.MAX_VALUE
  };

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void survivesAnyCallsOnAClockThatJumps(long seed) {
    new Fuzz(seed, true).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void survivesAnyCallsOnAClockThatRuns(long seed) {
    new Fuzz(seed, false).run();
  }

  /** One sequence of calls. */
  private static final class Fuzz {
    private final RandomGenerator random;
    private final boolean jumps;
    private final Machine machine = new Machine();
    private final AdmissionController controller;
    private final Invariants invariants;
    private final List<Permit> endedPermits = new ArrayList<>();
    private final int tenants;
    private long now;

    Fuzz(long seed, boolean jumps) {
      this.random = new SplittableRandom(seed);
      this.jumps = jumps;
      this.tenants = random.nextBoolean() ? 3 : 5_000;
      this.now = random.nextLong();
      AdmissionSettings settings = anySettings();
      this.controller = new AdmissionController(settings, machine, random);
      this.invariants = new Invariants(controller, settings);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        FunctionGate _ = invariants.open("f" + i);
      }
    }

    private AdmissionSettings anySettings() {
      return new AdmissionSettings(
          random.nextInt(8) == 0 ? any(Mode.values()) : Mode.ADAPTIVE,
          random.nextInt(4) == 0 ? random.nextInt(1, Integer.MAX_VALUE) : random.nextInt(1, 60),
          random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble(),
          random.nextInt(4) == 0 ? Double.MAX_VALUE : random.nextDouble(0.1, 10),
          random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(200),
          random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble(),
          random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong(1, 100_000),
          random.nextInt(1, 40));
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        invariants.check(now);
      }
      finish();
    }

    private <T> T any(T[] values) {
      return List.of(values).get(random.nextInt(values.length));
    }

    private void step() {
      passTime();
      int kind = random.nextInt(100);
      if (kind < 45) {
        ask();
      } else if (kind < 80) {
        touch();
      } else if (kind < 84) {
        cancel();
      } else if (kind < 88) {
        disturb();
      } else if (kind < 90) {
        reopen();
      } else if (kind < 99) {
        controller.tick(now);
      } else if (random.nextInt(40) == 0) {
        CompletableFuture<Void> _ = controller.close();
      }
    }

    private void passTime() {
      if (jumps && random.nextInt(30) == 0) {
        now = random.nextBoolean() ? TIMES[random.nextInt(TIMES.length)] : random.nextLong();
      } else {
        now += random.nextLong(random.nextInt(50) == 0 ? 5_000_000_000L : 2_000_000L);
      }
    }

    private void ask() {
      List<FunctionGate> gates = invariants.gates();
      Asker asker =
          new Asker()
              .by(anyDeadline())
              .mattering(any(Criticality.values()))
              .of("t" + random.nextInt(tenants))
              .withBody(anyBody());
      if (random.nextInt(4) == 0) {
        asker.again();
      }
      invariants.asked(asker.ask(gates.get(random.nextInt(gates.size())), now));
    }

    private long anyDeadline() {
      return switch (random.nextInt(12)) {
        case 0 -> TIMES[random.nextInt(TIMES.length)];
        case 1 -> random.nextLong();
        case 2 -> now;
        case 3 -> now + Long.MAX_VALUE;
        default -> now + random.nextLong(1, 500_000_000L);
      };
    }

    private long anyBody() {
      return switch (random.nextInt(16)) {
        case 0 -> Long.MAX_VALUE;
        case 1 -> Long.MIN_VALUE;
        case 2 -> -random.nextLong(1, 1_000);
        case 3, 4, 5 -> random.nextLong(30_000);
        default -> 0;
      };
    }

    /** Does something with a permit that is held, or with one that no longer is. */
    private void touch() {
      if (!endedPermits.isEmpty() && random.nextInt(10) == 0) {
        Permit old = endedPermits.get(random.nextInt(endedPermits.size()));
        move(old);
        assertFalse(old.end(Outcome.SUCCESS, now), "ended twice");
        return;
      }
      List<Asker> running = invariants.running();
      if (running.isEmpty()) {
        return;
      }
      Asker asker = running.get(random.nextInt(running.size()));
      Permit permit = asker.permit();
      move(permit);
      if (random.nextInt(3) != 0) {
        permit.started(now);
        passTime();
        assertTrue(permit.end(any(Outcome.values()), now));
        invariants.ended(asker);
        endedPermits.add(permit);
      }
    }

    private void move(Permit permit) {
      switch (random.nextInt(6)) {
        case 0 -> permit.receiving(now);
        case 1 -> permit.received();
        case 2 -> permit.started(now);
        case 3 -> permit.waitedDownstream(random.nextLong());
        case 4 -> permit.waitedDownstream(Long.MAX_VALUE);
        default -> {}
      }
    }

    private void cancel() {
      List<Asker> waiting = invariants.waiting();
      if (!waiting.isEmpty()) {
        Asker asker = waiting.get(random.nextInt(waiting.size()));
        assertTrue(asker.cancel(now));
        assertFalse(asker.cancel(now), "cancelled twice");
      }
    }

    private void disturb() {
      switch (random.nextInt(5)) {
        case 0 -> machine.processors = SIGNALS[random.nextInt(SIGNALS.length)];
        case 1 -> machine.memoryPressure = SIGNALS[random.nextInt(SIGNALS.length)];
        case 2 -> machine.runQueueLength = random.nextInt();
        case 3 -> machine.processorNanos = SIGNALS[random.nextInt(SIGNALS.length)] * now;
        default -> calm();
      }
    }

    private void calm() {
      machine.processors = 2;
      machine.memoryPressure = 0;
      machine.runQueueLength = 0;
      machine.processorNanos = Double.NaN;
    }

    /** Tries to close a function; a new one comes in its place. */
    private void reopen() {
      List<FunctionGate> gates = invariants.gates();
      FunctionGate gate = gates.get(random.nextInt(gates.size()));
      if (controller.close(gate)) {
        invariants.closed(gate);
        FunctionGate _ = invariants.open("g");
        Asker late = new Asker().by(now + 1_000_000_000L).ask(gate, now);
        assertEquals(Rejection.Reason.DRAINING, late.reason());
      }
    }

    /** Lets the machine be well, and all of it come to its end. */
    private void finish() {
      calm();
      var idle = controller.close();
      for (int i = 0; controller.inflight() + controller.waiting() > 0; i++) {
        assertTrue(i < 100_000, "hangs");
        now += 1_000_000;
        controller.tick(now);
        invariants.check(now);
        for (Asker asker : List.copyOf(invariants.running())) {
          asker.permit().started(now);
          assertTrue(asker.permit().end(Outcome.SUCCESS, now));
          invariants.ended(asker);
          invariants.check(now);
        }
      }
      assertTrue(idle.isDone());
      assertEquals(0, controller.state(now).starting());
    }
  }
}
