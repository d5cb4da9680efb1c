package dev.snowshed.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.oracle.FixedLimit;
import dev.snowshed.simulation.scenario.BuiltInScenarios;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Frame;
import dev.snowshed.simulation.score.Interval;
import dev.snowshed.simulation.score.Outcome;
import dev.snowshed.simulation.score.Runs;
import dev.snowshed.simulation.score.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards what the controller is there for: short runs of the scenarios, a failure each, the bar
 * that it must pass and a limit that does not. The oracles are those that the whole scenarios have.
 */
class GuardsTest {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final List<Long> SEEDS = List.of(1L, 2L);
  private static final Runs RUNS = new Runs(2);

  /** What is held against a bar. */
  enum Score {
    G,
    F,
    T,
    R,
    EXCESS;

    double of(Scores scores) {
      Interval interval =
          switch (this) {
            case G -> scores.goodput();
            case F -> scores.falseSheds();
            case T -> scores.tail();
            case R -> scores.stormSeconds();
            case EXCESS -> scores.excess();
          };
      return interval.mean();
    }

    boolean passes(double value, double bar) {
      return this == G ? value >= bar : value <= bar;
    }
  }

  @AfterAll
  static void close() {
    RUNS.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sheds a load that fits         | A-steady          |  40 | 18   | F      | 0.001 | brpc
          lets an overload in            | B-step            |  40 | 33   | G      | 0.97  | none
          fills the deadline             | B-step            |  40 | 33   | EXCESS | 0.3   | aimd
          loses its grip in time         | C-drift           | 120 | 39   | G      | 0.97  | none
          learns the queue as normal     | C-drift           | 120 | 39   | EXCESS | 0.3   | gradient2
          takes a slow downstream for it | D-slow-downstream |  80 | 153  | G      | 0.97  | gradient2
          takes slow requests for it     | E-bimodal         |  40 | 71   | G      | 0.97  | vegas
          refuses a burst that fits      | F-idle-burst      |  95 | 57   | G      | 0.97  | gradient2
          misses a rise of the cost      | G-cost-doubles    | 120 | 21   | G      | 0.97  | none
          queues dearer requests         | G-cost-doubles    | 120 | 21   | EXCESS | 0.3   | gradient2
          overloads a cold host          | H-cold-start      |  60 | 17   | G      | 0.97  | none
          sheds after a pause            | I-gc-pauses       |  80 | 125  | F      | 0.001 | gradient2
          starves between two bursts     | J-on-off          |  40 | 105  | G      | 0.97  | gradient2
          keeps a retry storm alive      | K-retry-storm     |  60 | 21   | R      | 2     | none
          lets the noisy one win         | L-noisy-neighbour |  50 | 12 1 | G      | 0.97  | aimd
          makes the quiet one wait       | L-noisy-neighbour |  50 | 12 1 | T      | 2     | aimd
          does not see a full pool       | M-pool            |  60 | 61   | G      | 0.97  | quarkus
          queues before the pool         | M-pool            |  60 | 61   | EXCESS | 0.3   | none
          forgets while it sleeps        | N-sleep           | 200 | 50   | G      | 0.97  | none
          queues after a sleep           | N-sleep           | 200 | 50   | EXCESS | 0.3   | aimd
          fills a lax deadline           | lax-deadline-200  |  40 | 33   | T      | 5     | none
          fills it bit by bit            | lax-deadline-120  |  80 | 33   | T      | 5     | none
          """)
  void guards(
      String failure,
      String scenario,
      int seconds,
      String oracle,
      Score score,
      double bar,
      String broken) {
    Frame frame = new Frame(shortened(scenario, seconds * SECOND_NANOS));
    List<Integer> limits = Arrays.stream(oracle.split(" ", -1)).map(Integer::valueOf).toList();
    List<Outcome> best = RUNS.start(frame, "oracle", FixedLimit.of(limits), SEEDS).await();
    double ours = score.of(scores(frame, Limits.SNOWSHED, best));
    double theirs = score.of(scores(frame, broken, best));
    String figures =
        "%s: %s of %s is %.4f, the bar %s, %s of %s %.4f"
            .formatted(failure, score, Limits.SNOWSHED, ours, bar, score, broken, theirs);

    assertTrue(score.passes(ours, bar), figures);
    assertFalse(score.passes(theirs, bar), figures);
  }

  private static List<Outcome> play(Frame frame, String limit) {
    return RUNS.start(frame, limit, Objects.requireNonNull(Limits.all().get(limit)), SEEDS).await();
  }

  private static Scores scores(Frame frame, String limit, List<Outcome> oracle) {
    return Scores.of(frame, play(frame, limit), oracle);
  }

  private static Scenario shortened(String name, long durationNanos) {
    Scenario whole =
        Stream.concat(BuiltInScenarios.all().stream(), BuiltInScenarios.more().stream())
            .filter(scenario -> scenario.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new Scenario(
        whole.name(),
        whole.title(),
        durationNanos,
        whole.scoreFromNanos(),
        durationNanos,
        whole.cores(),
        whole.cpuCost(),
        whole.stalls(),
        whole.functions());
  }
}
