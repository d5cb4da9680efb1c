package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriticalityTest {

  @Test
  void standsInOrderMostCriticalFirst() {
    assertEquals(
        List.of("critical-plus", "critical", "sheddable-plus", "sheddable"),
        Arrays.stream(Criticality.values()).map(Criticality::headerValue).toList());
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrites(Criticality criticality) {
    assertEquals(Optional.of(criticality), Criticality.fromHeader(criticality.headerValue()));
  }

  @Test
  void ignoresCaseAndBlanks() {
    assertEquals(
        Optional.of(Criticality.SHEDDABLE_PLUS), Criticality.fromHeader(" Sheddable-PLUS "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "critical_plus", "urgent", "critical, sheddable"})
  void takesNothingElse(String value) {
    assertEquals(Optional.empty(), Criticality.fromHeader(value));
  }
}
