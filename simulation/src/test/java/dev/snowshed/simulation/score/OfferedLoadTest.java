package dev.snowshed.simulation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedLoadTest {
  private static final long MILLI = 1_000_000;

  private static final String SCENARIO =
      """
      name: S
      duration: 10s
      cores: 2
      cpuCost: [{from: 0s, cost: 1}]
      functions:
        - name: f
          deadline: 1s
          arrivals: [{from: 0s, rps: 100}]
          cpu: [{from: 0s, constant: 10ms}]
        - name: g
          deadline: 1s
          arrivals: [{from: 0s, rps: 70}]
          pool: {size: 10, hold: {constant: 100ms}}
          cpu: [{from: 0s, constant: 10ms}]
      """;

  /** The seconds at whose beginning it is calm. */
  private static List<Long> calm(String right, String changed) {
    Frame frame = Runner.frame(SCENARIO.replace(right, changed));
    return LongStream.range(0, 10)
        .filter(second -> frame.isCalm(second * 1000 * MILLI))
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      rps: 100}        | rps: 100}                      | 10
      rps: 100}        | rps: 110}                      | 10
      rps: 100}        | rps: 111}                      | 0
      rps: 100}        | rps: 1}, {from: 4s, rps: 150}  | 4
      size: 10         | size: 7                        | 0
      100ms            | 129ms                          | 0
      100ms            | 128ms                          | 10
      cores: 2         | cores: 1                       | 0
      cost: 1          | cost: 1.06                     | 0
      cost: 1          | 'cost: 1}, {from: 3s, cost: 2' | 3
      """)
  void theScarcestResourceCounts(String right, String changed, int calmSeconds) {
    assertEquals(calmSeconds, calm(right, changed).size());
  }

  @Test
  void aRampIsCalmFromWhereItCrosses() {
    Frame frame = Runner.frame(SCENARIO.replace("cost: 1}", "cost: 2, rampTo: 0.5, until: 10s}"));
    double crossing = 10 * (2 - 0.9 / 0.85) / 1.5;

    assertEquals(false, frame.isCalm(Math.round(crossing * 1e9) - MILLI));
    assertEquals(true, frame.isCalm(Math.round(crossing * 1e9) + MILLI));
    assertEquals(false, frame.isCalm(0));
    assertEquals(true, frame.isCalm(9_999 * MILLI));
  }

  @Test
  void aRampUpIsCalmUntilItCrosses() {
    Frame frame = Runner.frame(SCENARIO.replace("cost: 1}", "cost: 0.5, rampTo: 2, until: 5s}"));

    assertEquals(true, frame.isCalm(1_862 * MILLI));
    assertEquals(false, frame.isCalm(1_864 * MILLI));
    assertEquals(false, frame.isCalm(9_000 * MILLI));
  }

  @Test
  void repeatedStepsAreCalmAgainAndAgain() {
    String cycle = "{cycle: 4s, steps: [{from: 0s, rps: 10}, {from: 2s, rps: 500}]}";

    assertEquals(List.of(0L, 1L, 4L, 5L, 8L, 9L), calm("[{from: 0s, rps: 100}]", cycle));
  }
}
