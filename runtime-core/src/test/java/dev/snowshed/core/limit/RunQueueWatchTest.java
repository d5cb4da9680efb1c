package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueueWatchTest {
  private final RunQueueWatch watch = new RunQueueWatch();

  @Test
  void sawNothingAtFirst() {
    assertEquals(0, watch.excessSince(0));
    assertEquals(0, watch.excessSince(Long.MAX_VALUE));
  }

  @Test
  void tellsTheLeastThatWasTooMany() {
    watch.observe(10, 2, 100);
    watch.observe(5, 2, 200);
    watch.observe(9, 2, 300);
    assertEquals(3, watch.excessSince(100));
    assertEquals(3, watch.excessSince(250), "since before is since then");
    assertEquals(0, watch.excessSince(99), "it had not looked yet");
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "1, 0", "0, 0", "-3, 0", "3, 1"})
  void isEndedByOneMomentWithEnough(int length, int excess) {
    watch.observe(10, 2, 100);
    watch.observe(length, 2, 200);
    watch.observe(10, 2, 300);
    assertEquals(excess, watch.excessSince(250));
    assertEquals(8, watch.excessSince(length <= 2 ? 300 : 350) + (length <= 2 ? 0 : 7));
  }

  @Test
  void followsWhatIsEnough() {
    watch.observe(10, 2, 100);
    watch.observe(10, 9, 200);
    assertEquals(1, watch.excessSince(200));
    watch.observe(10, 10, 300);
    assertEquals(0, watch.excessSince(400));
  }

  @Test
  void worksOnAClockBelowZero() {
    watch.observe(3, 1, -500);
    assertEquals(2, watch.excessSince(-500));
    assertEquals(0, watch.excessSince(-501));
  }
}
