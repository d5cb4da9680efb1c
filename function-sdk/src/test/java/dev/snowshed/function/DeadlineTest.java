package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private long now = 1_000;

  private Deadline in(long nanos) {
    return Deadline.at(now + nanos, () -> now);
  }

  @Test
  void countsDown() {
    Deadline deadline = in(500);
    assertEquals(Duration.ofNanos(500), deadline.remaining());
    now += 499;
    assertEquals(1, deadline.remainingNanos());
    assertFalse(deadline.isExpired());
  }

  @Test
  void expiresAtItsInstant() {
    Deadline deadline = in(500);
    now += 500;
    assertTrue(deadline.isExpired());
    assertEquals(Duration.ZERO, deadline.remaining());
  }

  @Test
  void remainingIsNeverNegativeButItsNanosAre() {
    Deadline deadline = in(500);
    now += 700;
    assertEquals(Duration.ZERO, deadline.remaining());
    assertEquals(-200, deadline.remainingNanos());
  }

  @Test
  void countsAcrossTheClocksOverflow() {
    now = Long.MAX_VALUE - 100;
    Deadline deadline = in(500);
    assertEquals(500, deadline.remainingNanos());
    now += 200;
    assertEquals(300, deadline.remainingNanos());
    assertFalse(deadline.isExpired());
  }

  @Test
  void showsTheTimeLeft() {
    assertEquals("Deadline[2 ms left]", in(2_500_000).toString());
  }
}
