package dev.snowshed.runtime.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final long SECOND = 1_000_000_000;

  private final Growth growth = new Growth(2 * SECOND);

  @Test
  void isNothingAtFirst() {
    assertEquals(0, growth.perSecond());
    growth.look(1000, 5);
    assertEquals(0, growth.perSecond(), "what was there before is no growth");
  }

  @Test
  void isSpreadOverTheWholeWindow() {
    growth.look(0, 0);
    growth.look(10, SECOND);
    assertEquals(5, growth.perSecond(), "half of the window has not been seen");
    growth.look(20, 2 * SECOND);
    assertEquals(10, growth.perSecond());
  }

  @Test
  void forgetsWhatIsOlder() {
    growth.look(0, 0);
    growth.look(1000, SECOND);
    growth.look(1000, 2 * SECOND);
    assertEquals(500, growth.perSecond());
    growth.look(1000, 3 * SECOND);
    assertEquals(0, growth.perSecond());
  }

  @Test
  void bridgesAGap() {
    growth.look(0, 0);
    growth.look(100, 10 * SECOND);
    assertEquals(10, growth.perSecond());
  }

  @Test
  void isNeverNegative() {
    growth.look(10, 0);
    growth.look(5, 2 * SECOND);
    assertEquals(0, growth.perSecond());
  }
}
