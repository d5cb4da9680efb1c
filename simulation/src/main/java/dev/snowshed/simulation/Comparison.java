package dev.snowshed.simulation;

import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.oracle.Oracle;
import dev.snowshed.simulation.oracle.OracleSearch;
import dev.snowshed.simulation.report.Result;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Frame;
import dev.snowshed.simulation.score.Outcome;
import dev.snowshed.simulation.score.Runs;
import dev.snowshed.simulation.score.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Plays scenarios with several limits in front of the same host. What comes out depends on the
 * scenario, the limits and the seeds alone. Safe for concurrent use.
 */
public final class Comparison {
  private final Runs runs;
  private final OracleSearch oracles;
  private final List<Long> seeds;
  private final Consumer<String> progress;

  /**
   * A comparison.
   *
   * @param runs plays them
   * @param seeds of the runs, one or more
   * @param progress is told in a line each what was done
   */
  public Comparison(Runs runs, List<Long> seeds, Consumer<String> progress) {
    this.runs = runs;
    this.oracles = new OracleSearch(runs);
    this.seeds = List.copyOf(seeds);
    this.progress = progress;
  }

  /**
   * Compares limits in one scenario.
   *
   * @param limits by name; the oracle is put before them
   */
  public Result compare(Scenario scenario, SequencedMap<String, GateFactory> limits) {
    long start = System.nanoTime();
    Frame frame = new Frame(scenario);
    Oracle oracle = oracles.find(frame, seeds);
    progress.accept(scenario.name() + ": oracle found after " + seconds(start));
    SequencedMap<String, Runs.Pending> pending = new LinkedHashMap<>();
    limits.forEach((name, gate) -> pending.put(name, runs.start(frame, name, gate, seeds)));
    List<Result.Row> rows = new ArrayList<>();
    rows.add(row(Limits.ORACLE, frame, oracle.outcomes(), oracle));
    pending.forEach((name, run) -> rows.add(row(name, frame, run.await(), oracle)));
    progress.accept(
        "%s: %d limits with %d seeds after %s"
            .formatted(scenario.name(), rows.size(), seeds.size(), seconds(start)));
    return new Result(scenario, oracle, rows);
  }

  private static Result.Row row(String limit, Frame frame, List<Outcome> outcomes, Oracle oracle) {
    return new Result.Row(limit, Scores.of(frame, outcomes, oracle.outcomes()));
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
