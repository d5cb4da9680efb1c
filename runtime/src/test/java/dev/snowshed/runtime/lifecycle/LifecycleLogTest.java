package dev.snowshed.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LifecycleLogTest {
  private static final long TICK = 250_000_000;

  private final List<String> lines = new ArrayList<>();
  private final Answers budget = new Answers();
  private final Lifecycle life =
      new Lifecycle(LifecycleSettings.DEFAULTS, budget, new Random(1), 0);
  private long now;

  LifecycleLogTest() {
    LifecycleLog log = new LifecycleLog((level, line) -> lines.add(level + " " + line));
    life.onChange(log::tell);
    life.onTransition(step -> lines.add(step.from() + " -> " + step.to()));
  }

  private static final class Answers implements FleetBudget {
    Answer next = new Denied("one of 4 hosts");

    @Override
    public Answer mayLeave(long nowNanos) {
      return next;
    }

    @Override
    public boolean mustReturn(long nowNanos) {
      return false;
    }

    @Override
    public void released(long nowNanos) {}
  }

  @Test
  void saysNothingOfWhatTransitionsTell() {
    life.loaded(now);
    life.warmed(now);
    life.drain("asked", now);
    assertEquals(List.of("STARTING -> WARMING", "WARMING -> READY", "READY -> DRAINING"), lines);
  }

  @Test
  void tellsEachCauseOnceWhenItComesAndOnceWhenItGoes() {
    beReady();
    live(2, 20, 1.5);
    live(2, 0, 3);
    live(0, 0, 20);
    assertEquals(
        List.of(
            "INFO Cause shedding: 20 % of 100 calls per second are refused",
            "WARN Cause stuck-threads: 2 threads stuck for 7 s",
            "READY -> STRAINED",
            "INFO Cause shedding is gone",
            "INFO Cause stuck-threads is gone",
            "STRAINED -> READY"),
        lines);
  }

  @Test
  void tellsWhatHoldsTheHostInAsItChanges() {
    beReady();
    live(2, 0, 15);
    budget.next = new FleetBudget.Denied("two of 4 hosts");
    live(2, 0, 15);
    live(0, 0, 20);
    assertEquals(
        List.of(
            "WARN Cause stuck-threads: 2 threads stuck for 7 s",
            "READY -> STRAINED",
            "WARN The host wants to leave, and is held in: one of 4 hosts",
            "WARN The host wants to leave, and is held in: two of 4 hosts",
            "INFO The host does not want to leave any more",
            "INFO Cause stuck-threads is gone",
            "STRAINED -> READY"),
        lines);
  }

  @Test
  void saysNothingOfTheWishThatIsGranted() {
    beReady();
    live(2, 0, 15);
    budget.next = new FleetBudget.Granted();
    live(2, 0, 1);
    life.drain("asked", now);
    assertEquals(
        List.of(
            "WARN Cause stuck-threads: 2 threads stuck for 7 s",
            "READY -> STRAINED",
            "WARN The host wants to leave, and is held in: one of 4 hosts",
            "STRAINED -> EJECTED",
            "EJECTED -> DRAINING"),
        lines);
  }

  private void beReady() {
    life.warmed(now);
    live(0, 0, 40);
    lines.clear();
  }

  private void live(int stuck, double refused, double seconds) {
    Vitals vitals = new Vitals(stuck, 7_000_000_000L, 2, 0, 0, 0, 0, 0, 100, refused, 100, 0);
    for (double passed = 0; passed < seconds; passed += 0.25) {
      now += TICK;
      life.tick(vitals, now);
    }
  }
}
