package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostLoadTest {
  private final HostLoad load = new HostLoad();

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void countsWhatIsInFlightAndWhatOfItStarts() {
    load.enter(HostLoad.WHOLE);
    load.enter(HostLoad.WHOLE);
    assertEquals(2, load.inflight());
    assertEquals(2, load.starting());
    load.leaveRunQueue(HostLoad.WHOLE);
    assertEquals(2, load.inflight());
    assertEquals(1, load.starting());
    load.enterRunQueue(HostLoad.WHOLE);
    assertEquals(2, load.starting());
    assertEquals(1, load.leave(HostLoad.WHOLE));
    assertEquals(1, load.starting());
    assertEquals(0, load.leave(HostLoad.WHOLE));
    assertEquals(0, load.starting());
  }

  @ParameterizedTest
  @CsvSource({"1, 255, 0", "1, 256, 1", "128, 1, 0", "128, 2, 1", "128, 5, 2", "0, 9, 0"})
  void weighsStarts(int weight, int count, int starting) {
    for (int i = 0; i < count; i++) {
      load.enter(weight);
    }
    assertEquals(starting, load.starting());
    assertEquals(count, load.inflight());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithItsNaiveTwin(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int inflight = 0;
    int weights = 0;
    for (int i = 0; i < 2_000; i++) {
      int weight = random.nextInt(HostLoad.WHOLE + 1);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          load.enter(weight);
          inflight++;
          weights += weight;
        }
        case 2 -> {
          if (inflight > 0) {
            weight = Math.min(weight, weights);
            inflight--;
            weights -= weight;
            assertEquals(inflight, load.leave(weight));
          }
        }
        default -> {
          weight = Math.min(weight, weights);
          load.leaveRunQueue(weight);
          weights -= weight;
        }
      }
      assertEquals(inflight, load.inflight());
      assertEquals(weights / HostLoad.WHOLE, load.starting());
    }
  }

  @Test
  void holdsAMillionStarts() {
    for (int i = 0; i < 1_000_000; i++) {
      load.enter(HostLoad.WHOLE);
    }
    assertEquals(1_000_000, load.starting());
    assertEquals(1_000_000, load.inflight());
  }
}
