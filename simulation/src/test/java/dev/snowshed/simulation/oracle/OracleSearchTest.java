package dev.snowshed.simulation.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.ScenarioReader;
import dev.snowshed.simulation.score.Frame;
import dev.snowshed.simulation.score.Outcome;
import dev.snowshed.simulation.score.Runs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OracleSearchTest {
  /** Twice what two cores can do: 100 ms allow some 10 of 10 ms each, for each core. */
  private static final String OVERLOAD =
      """
      name: S
      duration: 10s
      scoreFrom: 2s
      cores: 2
      functions:
        - name: f
          deadline: 100ms
          arrivals: [{from: 0s, rps: 400}]
          cpu: [{from: 0s, exponential: 10ms}]
      """;

  private final Runs runs = new Runs(2);
  private final OracleSearch search = new OracleSearch(runs);

  private static Frame frame(String scenario) {
    return new Frame(new ScenarioReader().read("test.yaml", scenario));
  }

  private long good(Frame frame, List<Integer> limits, List<Long> seeds) {
    return runs.start(frame, "fixed", FixedLimit.of(limits), seeds).await().stream()
        .mapToLong(Outcome::good)
        .sum();
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void noOtherFixedLimitIsNoticeablyBetter() {
    Frame frame = frame(OVERLOAD);
    List<Long> seeds = List.of(1L, 2L, 3L, 4L);

    Oracle oracle = search.find(frame, seeds);

    long best =
        IntStream.rangeClosed(1, 60)
            .mapToLong(limit -> good(frame, List.of(limit), seeds))
            .max()
            .orElseThrow();
    long found = good(frame, oracle.limits(), seeds);
    assertTrue(found >= 0.998 * best, found + " of " + best + " with " + oracle.limits());
    assertEquals(found, oracle.outcomes().stream().mapToLong(Outcome::good).sum());
  }

  @Test
  void aFunctionThatIsNotScoredGivesWay() {
    String two =
        OVERLOAD.replace("rps: 400", "rps: 50")
            + """
                - name: noisy
                  scored: false
                  deadline: 100ms
                  arrivals: [{from: 0s, rps: 800}]
                  cpu: [{from: 0s, exponential: 10ms}]
              """;

    Oracle oracle = search.find(frame(two), List.of(1L, 2L));

    assertTrue(oracle.limits().get(1) <= 2, oracle.toString());
    assertTrue(oracle.limits().get(0) > 2, oracle.toString());
  }

  @Test
  void eachPhaseHasItsOwnBest() {
    String slower =
        OVERLOAD.replace("exponential: 10ms}", "exponential: 5ms}, {from: 6s, exponential: 40ms}");

    List<Oracle.Phase> phases = search.find(frame(slower), List.of(1L, 2L, 3L)).phases();

    assertEquals(
        List.of(0L, 6_000_000_000L), phases.stream().map(Oracle.Phase::fromNanos).toList());
    assertTrue(
        phases.get(0).limits().getFirst() > 2 * phases.get(1).limits().getFirst(),
        phases.toString());
  }

  @Test
  void remembersAndRepeats() {
    Oracle first = search.find(frame(OVERLOAD), List.of(1L, 2L));

    assertSame(first, search.find(frame(OVERLOAD), List.of(1L, 2L)));
    try (Runs others = new Runs(1)) {
      Oracle again = new OracleSearch(others).find(frame(OVERLOAD), List.of(1L, 2L));
      assertEquals(first.limits(), again.limits());
      assertEquals(first.phases(), again.phases());
    }
  }
}
