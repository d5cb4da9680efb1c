package dev.snowshed.runtime.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.dependency.drill.DrillPlan;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.core.dependency.drill.Treatment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrillTimeTest {
  private static final Duration USUAL = Duration.ofMillis(20);

  private static int seconds(Duration budget, String... dependencies) {
    DrillPlan plan =
        new DrillPlan(
            "f", List.of(dependencies), Faults.DEFAULT, false, DrillPlan.DEFAULT_REPETITIONS);
    return DrillTime.seconds(plan.treatments(new SplittableRandom(1)), 4, budget, USUAL);
  }

  @Test
  void isEnoughForAllHangsOfAFunctionWithTheTimeoutThatIsTheDefault() {
    // 60 hangs of 30 s and 60 delays of 520 ms, four at a time, and 180 other calls; twice
    assertEquals(918, seconds(Duration.ofSeconds(30), "a"));
  }

  @Test
  void isNeverShort() {
    assertEquals(DrillTime.LEAST_SECONDS, seconds(Duration.ofSeconds(2), "a"));
    assertEquals(
        DrillTime.LEAST_SECONDS, DrillTime.seconds(List.of(), 4, Duration.ofSeconds(2), USUAL));
  }

  @Test
  void isNeverEndless() {
    assertEquals(DrillTime.MOST_SECONDS, seconds(Duration.ofSeconds(30), "a", "b", "c", "d"));
    assertEquals(DrillTime.MOST_SECONDS, seconds(Duration.ofDays(365), "a"));
  }

  @Test
  void countsADelayNoLongerThanTheFunctionMayTake() {
    Treatment delayed = new Treatment(List.of("a"), new Fault.Delay(10_000_000_000L));

    assertEquals(
        300, DrillTime.seconds(Collections.nCopies(200, delayed), 4, Duration.ofSeconds(3), USUAL));
  }
}
