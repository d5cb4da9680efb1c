package dev.snowshed.simulation.report;

import dev.snowshed.simulation.score.Frame;
import dev.snowshed.simulation.score.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One limit over all scenarios. Immutable.
 *
 * @param limit its name
 * @param minGoodput the least mean of G
 * @param scenario where that is
 * @param meanGoodput the geometric mean of the means of G
 * @param maxExcess the largest mean of excess where the overload is sustained; NaN if it is nowhere
 * @param excessScenario where that is; empty if nowhere
 */
public record Summary(
    String limit,
    double minGoodput,
    String scenario,
    double meanGoodput,
    double maxExcess,
    String excessScenario) {

  /** Of each limit, in the order of their first rows. Without scenarios that have no G. */
  public static List<Summary> of(List<Result> results) {
    Map<String, Running> running = new LinkedHashMap<>();
    for (Result result : results) {
      boolean overload = new Frame(result.scenario()).isSustainedOverload();
      for (Result.Row row : result.rows()) {
        if (row.scores().goodput().applies()) {
          running
              .computeIfAbsent(row.limit(), Running::new)
              .add(
                  result.scenario().name(),
                  row.scores().goodput().mean(),
                  overload ? row.scores().excess() : Interval.NONE);
        }
      }
    }
    return running.values().stream().map(Running::summary).toList();
  }

  private static final class Running {
    private final String limit;
    private double min = Double.POSITIVE_INFINITY;
    private String where = "";
    private double logs;
    private int count;
    private double maxExcess = Double.NaN;
    private String excessWhere = "";

    Running(String limit) {
      this.limit = limit;
    }

    void add(String scenario, double goodput, Interval excess) {
      logs += Math.log(goodput);
      count++;
      if (goodput < min) {
        min = goodput;
        where = scenario;
      }
      if (excess.applies() && !(excess.mean() <= maxExcess)) {
        maxExcess = excess.mean();
        excessWhere = scenario;
      }
    }

    Summary summary() {
      return new Summary(limit, min, where, Math.exp(logs / count), maxExcess, excessWhere);
    }
  }
}
