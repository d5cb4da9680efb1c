package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GateLoadTest {
  private final GateLoad load = new GateLoad();

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void countsWhatIsInFlightAndWhatOfItStarts() {
    assertTrue(load.tryEnter(Integer.MAX_VALUE, GateLoad.WHOLE) > 0);
    assertTrue(load.tryEnter(Integer.MAX_VALUE, GateLoad.WHOLE) > 0);
    assertEquals(2, load.inflight());
    assertEquals(2, load.starting() / GateLoad.WHOLE);
    load.leaveRunQueue(GateLoad.WHOLE);
    assertEquals(2, load.inflight());
    assertEquals(1, load.starting() / GateLoad.WHOLE);
    load.enterRunQueue(GateLoad.WHOLE);
    assertEquals(2, load.starting() / GateLoad.WHOLE);
    load.leave(GateLoad.WHOLE);
    assertEquals(1, load.inflight());
    assertEquals(1, load.starting() / GateLoad.WHOLE);
    load.leave(GateLoad.WHOLE);
    assertEquals(0, load.inflight());
    assertEquals(0, load.starting() / GateLoad.WHOLE);
  }

  @ParameterizedTest
  @CsvSource({"1, 255, 0", "1, 256, 1", "128, 1, 0", "128, 2, 1", "128, 5, 2", "0, 9, 0"})
  void weighsStarts(int weight, int count, int starting) {
    for (int i = 0; i < count; i++) {
      assertTrue(load.tryEnter(Integer.MAX_VALUE, weight) > 0);
    }
    assertEquals(starting, load.starting() / GateLoad.WHOLE);
    assertEquals(count, load.inflight());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithItsNaiveTwin(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int inflight = 0;
    int weights = 0;
    for (int i = 0; i < 2_000; i++) {
      int weight = random.nextInt(GateLoad.WHOLE + 1);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          assertTrue(load.tryEnter(Integer.MAX_VALUE, weight) > 0);
          inflight++;
          weights += weight;
        }
        case 2 -> {
          if (inflight > 0) {
            weight = Math.min(weight, weights);
            inflight--;
            weights -= weight;
            load.leave(weight);
            assertEquals(inflight, load.inflight());
          }
        }
        default -> {
          weight = Math.min(weight, weights);
          load.leaveRunQueue(weight);
          weights -= weight;
        }
      }
      assertEquals(inflight, load.inflight());
      assertEquals(weights / GateLoad.WHOLE, load.starting() / GateLoad.WHOLE);
    }
  }

  @Test
  void holdsAMillionStarts() {
    for (int i = 0; i < 1_000_000; i++) {
      assertTrue(load.tryEnter(Integer.MAX_VALUE, GateLoad.WHOLE) > 0);
    }
    assertEquals(1_000_000, load.starting() / GateLoad.WHOLE);
    assertEquals(1_000_000, load.inflight());
  }
}
