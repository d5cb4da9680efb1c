package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLevelTest {
  @ParameterizedTest
  @CsvSource({
    "0, PLENTY",
    "-1, PLENTY",
    "NaN, PLENTY",
    "0.849, PLENTY",
    "0.85, SCARCE",
    "0.899, SCARCE",
    "0.9, SHORT",
    "0.949, SHORT",
    "0.95, NEARLY_GONE",
    "1, NEARLY_GONE",
    "Infinity, NEARLY_GONE"
  })
  void followsThePressure(double pressure, MemoryLevel level) {
    assertEquals(level, MemoryLevel.of(pressure));
  }

  @ParameterizedTest
  @CsvSource({"PLENTY, 4", "SCARCE, 3", "SHORT, 2", "NEARLY_GONE, 1"})
  void admitsTheFirstSoManyLevels(MemoryLevel level, int count) {
    for (Criticality criticality : Criticality.values()) {
      assertEquals(
          List.of(Criticality.values()).indexOf(criticality) < count, level.admits(criticality));
    }
  }
}
