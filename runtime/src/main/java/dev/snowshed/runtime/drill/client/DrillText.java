package dev.snowshed.runtime.drill.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what a host tells of a drill for people to read. */
final class DrillText {
  private static final int WIDTH = 96;

  private final JsonNode drill;
  private final StringBuilder text = new StringBuilder();

  private DrillText(JsonNode drill) {
    this.drill = drill;
  }

  static String of(JsonNode drill) {
    DrillText text = new DrillText(drill);
    text.head();
    text.treatments(drill.path("report"));
    drill.path("report").path("dependencies").forEach(text::verdict);
    drill.path("report").path("pairs").forEach(text::verdict);
    drill.path("outOfReach").forEach(text::outOfReach);
    text.end(drill.path("report"));
    return text.text.toString();
  }

  private void head() {
    line(
        String.format(
            Locale.ROOT,
            "%s: %d calls of %s in %.1f s, %s",
            drill.path("function").asText(),
            drill.path("progress").path("done").asInt(),
            count(drill.path("requests").asInt(), "request"),
            drill.path("elapsedSeconds").asDouble(),
            drill.path("state").asText()
                + (drill.path("reason").isTextual() ? ": " + drill.path("reason").asText() : "")));
    line("");
  }

  private void treatments(JsonNode report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("fault", "calls", "failed", "p50 ms", "p99 ms", "more failures than without"));
    rows.add(row("none", report.path("control"), ""));
    for (JsonNode treatment : report.path("treatments")) {
      rows.add(row(faultOf(treatment), treatment, difference(treatment.path("difference"))));
    }
    int first = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
    for (List<String> row : rows) {
      line(("  %-" + first + "s  %5s  %6s  %7s  %7s  %s").formatted(row.toArray()));
    }
    line("");
  }

  private static List<String> row(String name, JsonNode group, String difference) {
    int calls = group.path("calls").asInt();
    String notMet =
        group.path("notMet").asInt() > 0
            ? " (%d more did not call it)".formatted(group.path("notMet").asInt())
            : "";
    return List.of(
        name,
        Integer.toString(calls),
        failed(group).asText("0"),
        calls == 0 ? "-" : millis(group.path("p50Millis")),
        calls == 0 ? "-" : millis(group.path("p99Millis")),
        (calls == 0 ? "-" : difference) + notMet);
  }

  /** A delay asks whether calls fail or take too long. */
  private static JsonNode failed(JsonNode group) {
    boolean delayed = group.path("fault").asText("").startsWith("delay");
    return group.path(delayed && group.has("failedOrLate") ? "failedOrLate" : "failed");
  }

  /** Such as {@code catalog: delay 500 ms}. */
  static String faultOf(JsonNode treatment) {
    List<String> names = new ArrayList<>();
    treatment.path("dependencies").forEach(name -> names.add(name.asText()));
    return String.join(" + ", names) + ": " + treatment.path("fault").asText().replace(':', ' ');
  }

  private static String difference(JsonNode interval) {
    return interval.isObject()
        ? "%s to %s"
            .formatted(
                percent(interval.path("low").asDouble()), percent(interval.path("high").asDouble()))
        : "-";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String millis(JsonNode value) {
    return String.format(Locale.ROOT, value.asDouble() < 10 ? "%.1f" : "%.0f", value.asDouble());
  }

  private void verdict(JsonNode dependency) {
    String declared = dependency.path("declared").asText("undeclared");
    String verdict = dependency.path("verdict").asText("unknown");
    line(
        "  %s: %s, %s%s"
            .formatted(
                dependency.path("name").asText(),
                declared.equals("undeclared") ? declared : "declared " + declared,
                verdict.equals("unknown") ? "not settled" : "behaves " + verdict,
                dependency.path("mismatch").asBoolean() ? "  <-- not as declared" : ""));
    for (String field : List.of("evidence", "reason")) {
      if (!dependency.path(field).asText("").isEmpty() && !dependency.path(field).isNull()) {
        wrap("      ", dependency.path(field).asText());
      }
    }
  }

  private void outOfReach(JsonNode name) {
    line("  %s: out of reach, not drilled".formatted(name.asText()));
    wrap(
        "      ",
        "The function calls it by itself, as its spans tell: nothing can be injected there.");
  }

  private void end(JsonNode report) {
    List<String> mismatches = new ArrayList<>();
    report.path("declaredWeakBehavesStrong").forEach(name -> mismatches.add(name.asText()));
    line("");
    line(
        mismatches.isEmpty()
            ? "Nothing that is declared weak behaves strong."
            : "Declared weak, behaves strong: " + String.join(", ", mismatches));
  }

  private void wrap(String indent, String sentence) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() + 1 > WIDTH) {
        line(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    line(line.toString());
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
