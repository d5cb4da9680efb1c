package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final long SECOND = 1_000_000_000;

  private final RetryAfter retryAfter = new RetryAfter(new SplittableRandom(7));

  /** Refuses for so many seconds, then a thousand at once; returns the last of these. */
  private double mostSeconds(long from, long seconds) {
    for (long i = 0; i < seconds; i++) {
      assertTrue(retryAfter.next(from + i * SECOND).toNanos() >= SECOND);
    }
    double most = 0;
    for (int i = 0; i < 1_000; i++) {
      most = Math.max(most, retryAfter.next(from + seconds * SECOND).toNanos() / 1e9);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "2, 3", "10, 11", "20, 21", "30, 31", "100, 31"})
  void spreadsWiderTheLongerItLasts(long seconds, double most) {
    assertEquals(most, mostSeconds(0, seconds), 0.02 * most);
  }

  @Test
  void beginsAnewAfterFiveCalmSeconds() {
    assertEquals(21, mostSeconds(0, 20), 0.5);
    assertEquals(26, mostSeconds(25 * SECOND, 0), 0.6);
    assertEquals(3, mostSeconds(31 * SECOND, 0), 0.1);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE})
  void isInRangeWhereverTheClockJumps(long to) {
    for (long from : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      for (long now : new long[] {from, to, from, to}) {
        long nanos = retryAfter.next(now).toNanos();
        assertTrue(nanos >= SECOND && nanos < 31 * SECOND, () -> "was " + nanos);
      }
    }
  }

  @Test
  void doesNotSendTwoClientsBackTogether() {
    assertEquals(100, Stream.generate(() -> retryAfter.next(0)).limit(100).distinct().count());
  }
}
