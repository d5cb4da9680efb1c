package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {
  @ParameterizedTest
  @CsvSource({"0, 100, 0", "1, 100, 1", "80, 100, 1", "80.1, 100, 2", "50000, 400, 157"})
  void roundsUpWhatDemandTakes(double demand, double safe, int instances) {
    assertEquals(instances, Scaling.DEFAULT.instances(demand, safe));
  }

  @Test
  void isNotPushedUpByRounding() {
    assertEquals(3, new Scaling(0.1).instances(0.3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
  void refusesAHeadroomOutOfRange(double headroom) {
    assertThrows(IllegalArgumentException.class, () -> new Scaling(headroom));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void refusesAThroughputThatIsNone(double safe) {
    assertThrows(IllegalArgumentException.class, () -> Scaling.DEFAULT.instances(1, safe));
  }
}
