package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.limit.Tuning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionSettingsTest {
  private static AdmissionSettings with(String name, double value) {
    return new AdmissionSettings(
        Mode.ADAPTIVE,
        name.equals("maxConcurrency") ? (int) value : 1,
        name.equals("queueShare") ? value : 0,
        name.equals("queueRuns") ? value : 1,
        name.equals("maxQueue") ? (int) value : 0,
        name.equals("retryShare") ? value : 0,
        name.equals("maxBodyBytes") ? (long) value : 1,
        name.equals("initialLimit") ? (int) value : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "maxConcurrency, 0, 'maxConcurrency must be at least 1, was 0'",
    "maxQueue, -1, 'maxQueue must be at least 0, was -1'",
    "maxBodyBytes, 0, 'maxBodyBytes must be at least 1, was 0'",
    "initialLimit, 0, 'initialLimit must be at least 1, was 0'",
    "queueShare, -0.1, 'queueShare must be from 0 to 1, was -0.1'",
    "queueShare, 1.1, 'queueShare must be from 0 to 1, was 1.1'",
    "queueShare, NaN, 'queueShare must be from 0 to 1, was NaN'",
    "retryShare, 2, 'retryShare must be from 0 to 1, was 2.0'",
    "queueRuns, 0, 'queueRuns must be above 0, was 0.0'",
    "queueRuns, NaN, 'queueRuns must be above 0, was NaN'",
    "queueRuns, Infinity, 'queueRuns must be above 0, was Infinity'"
  })
  void nameWhatIsOutOfRange(String name, double value, String message) {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> with(name, value));
    assertEquals(message, problem.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"queueShare, 0", "queueShare, 1", "retryShare, 1", "maxQueue, 0", "maxBodyBytes, 1"})
  void allowTheEndsOfARange(String name, double value) {
    assertDoesNotThrow(() -> with(name, value));
  }

  @Test
  void areForProductionByDefault() {
    assertEquals(Mode.ADAPTIVE, AdmissionSettings.DEFAULTS.mode());
    assertEquals(Tuning.DEFAULTS, AdmissionSettings.DEFAULTS.tuning());
  }
}
