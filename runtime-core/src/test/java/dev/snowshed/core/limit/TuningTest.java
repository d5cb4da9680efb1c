package dev.snowshed.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.limit.Tuning.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {
  @ParameterizedTest
  @EnumSource
  void changesOneConstantAndNoOther(Parameter parameter) {
    double doubled = 2 * parameter.standard();
    Tuning changed = Tuning.DEFAULTS.with(parameter, doubled);
    for (Parameter each : Parameter.values()) {
      assertEquals(each == parameter ? doubled : each.standard(), changed.get(each));
      assertEquals(each.standard(), Tuning.DEFAULTS.get(each));
    }
    assertTrue(changed.toString().contains(parameter + "=" + doubled));
  }

  @ParameterizedTest
  @EnumSource
  void isEqualIfItSaysTheSame(Parameter parameter) {
    Tuning one = Tuning.DEFAULTS.with(parameter, 3);
    Tuning same = Tuning.DEFAULTS.with(parameter, 5).with(parameter, 3);
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, Tuning.DEFAULTS);
    assertNotEquals(one, (Object) "a tuning");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotAboveZero(double value) {
    IllegalArgumentException problem =
        assertThrows(
            IllegalArgumentException.class, () -> Tuning.DEFAULTS.with(Parameter.GROWTH, value));
    assertEquals("GROWTH must be above 0, was " + value, problem.getMessage());
  }
}
