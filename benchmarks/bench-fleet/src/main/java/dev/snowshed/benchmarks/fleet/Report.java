package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.load.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes the table and the data. */
final class Report {
  private static final String HEAD =
      "| fleet | act | offered | good | refused | late | lost | in flight | says so s | out s | back s | goodput | bars |\n"
          + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

  private Report() {}

  /** The table's head. */
  static String head() {
    return HEAD;
  }

  /** A line of the table. */
  static String line(Contender contender, Finding finding) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d | %d | %d | %s | %s | %s | %s | %.2f | %s |%n",
        contender.key(),
        finding.act().title(),
        finding.offered(),
        finding.count(Fate.GOOD),
        finding.count(Fate.REFUSED),
        finding.count(Fate.LATE),
        finding.lost(),
        finding.act().host() > 0 ? finding.inflight() : "–",
        finding.decidedSeconds() > 0 ? tenths(finding.decidedSeconds()) : "–",
        seconds(finding, finding.outSeconds()),
        seconds(finding, finding.backSeconds()),
        finding.restShare(),
        finding.missed().isEmpty() ? "ok" : String.join("; ", finding.missed()));
  }

  private static String seconds(Finding finding, OptionalDouble seconds) {
    if (finding.act().host() == 0) {
      return "–";
    }
    return seconds.isPresent() ? tenths(seconds.getAsDouble()) : "never";
  }

  private static String tenths(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  /** The data, as {@link Options#HELP} describes it. */
  static String json(Options options, Map<Contender, List<Finding>> findings) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("java", Runtime.version());
    machine.put("flags", String.join(" ", options.flags()));
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("share", options.share());
    asked.put("seed", options.seed());
    List<Object> all = new ArrayList<>();
    findings.forEach(
        (contender, list) ->
            list.forEach(
                finding -> {
                  Map<String, Object> figures = new LinkedHashMap<>();
                  figures.put("fleet", contender.key());
                  figures.putAll(finding.figures());
                  all.add(figures);
                }));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("machine", machine);
    data.put("options", asked);
    data.put("findings", all);
    return Json.write(data) + '\n';
  }
}
