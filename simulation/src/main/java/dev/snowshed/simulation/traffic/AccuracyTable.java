package dev.snowshed.simulation.traffic;

import dev.snowshed.simulation.report.Tables;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was judged, as a table. Not safe for concurrent use. */
public final class AccuracyTable {
  private final List<List<String>> rows = new ArrayList<>();
  private int wrong;

  /** A table without rows. */
  public AccuracyTable() {
    rows.add(
        List.of(
            "scenario",
            "true",
            "estimate",
            "error",
            "source",
            "worst",
            "numbers",
            "in 95 %",
            "wrong",
            "stale",
            "unknown"));
  }

  /** Adds a row for each function. */
  public void add(Scenario scenario, List<Judged> judged) {
    boolean several = judged.size() > 1;
    for (int i = 0; i < judged.size(); i++) {
      String function = several ? ", " + scenario.functions().get(i).name() : "";
      rows.add(row(scenario.name() + function, judged.get(i)));
      wrong += judged.get(i).wrong();
    }
  }

  private static List<String> row(String name, Judged judged) {
    boolean known = judged.ends() > 0;
    int numbers = judged.right() + judged.wrong() + judged.stale();
    return List.of(
        name,
        number("%.0f", judged.truth()),
        known ? number("%.0f", judged.estimate()) : "-",
        known ? percent(judged.worstEnd()) : "-",
        known ? judged.source() : "-",
        numbers > 0 ? percent(judged.worst()) : "-",
        percent((double) numbers / (numbers + judged.unknown())),
        numbers > 0 ? percent(judged.coverage()) : "-",
        String.valueOf(judged.wrong()),
        String.valueOf(judged.stale()),
        judged.unknownEnds() == 0 ? "" : judged.unknownEnds() + ": " + judged.reason());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String percent(double share) {
    return number("%.1f %%", 100 * share);
  }

  /** How many seconds were wrong. */
  public int wrong() {
    return wrong;
  }

  @Override
  public String toString() {
    int[] widths = Tables.widths(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(row.get(i)).append(padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
