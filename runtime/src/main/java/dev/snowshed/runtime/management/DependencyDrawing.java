package dev.snowshed.runtime.management;

import dev.snowshed.core.dependency.Strength;
import dev.snowshed.core.dependency.Verdict;
import dev.snowshed.runtime.management.DependencyView.EdgeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders dependencies as text that other programs draw. Strong lines are solid, weak ones dashed,
 * unknown ones grey and dotted; the thicker, the more calls; the colour tells the health.
 */
final class DependencyDrawing {
  private static final double THINNEST = 1;
  private static final double THICKEST = 6;
  private static final String GREY = "#5f6b75";

  private final List<DependencyView> functions;
  private final long most;

  /** A drawing of some functions. */
  DependencyDrawing(List<DependencyView> functions) {
    this.functions = functions;
    this.most =
        functions.stream()
            .flatMap(view -> view.edges().stream())
            .mapToLong(view -> view.edge().calls())
            .max()
            .orElse(0);
  }

  /** In Graphviz' language, DOT. */
  String dot() {
    StringBuilder text = new StringBuilder("digraph dependencies {\n  rankdir=LR;\n");
    text.append("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    text.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    for (DependencyView view : functions) {
      text.append(
          "  %s [label=%s, style=filled];\n".formatted(function(view), quoted(view.function())));
    }
    names()
        .keySet()
        .forEach(
            name ->
                text.append(
                    "  %s [label=%s];\n".formatted(quoted("dependency " + name), quoted(name))));
    for (DependencyView view : functions) {
      view.edges().forEach(edge -> text.append(dot(view, edge)));
    }
    return text.append("}\n").toString();
  }

  private String dot(DependencyView view, EdgeView line) {
    return "  %s -> %s [style=%s, penwidth=%s, color=%s, label=%s];\n"
        .formatted(
            function(view),
            quoted("dependency " + line.edge().dependency()),
            switch (strength(line)) {
              case STRONG -> "solid";
              case WEAK -> "dashed";
              case UNKNOWN -> "dotted";
            },
            width(line),
            quoted(colour(line)),
            quoted(label(line)));
  }

  private static String function(DependencyView view) {
    return quoted("function " + view.function());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** In Mermaid's language. */
  String mermaid() {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, Integer> names = names();
    for (int i = 0; i < functions.size(); i++) {
      text.append("  f%d[%s]\n".formatted(i, entity(functions.get(i).function())));
    }
    names.forEach((name, i) -> text.append("  d%d([%s])\n".formatted(i, entity(name))));
    List<String> styles = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      for (EdgeView line : functions.get(i).edges()) {
        text.append(
            "  f%d -->|%s| d%d\n"
                .formatted(i, entity(label(line)), names.get(line.edge().dependency())));
        styles.add("  linkStyle %d %s\n".formatted(styles.size(), mermaid(line)));
      }
    }
    styles.forEach(text::append);
    return text.toString();
  }

  private String mermaid(EdgeView line) {
    String stroke = "stroke:%s,stroke-width:%spx".formatted(colour(line), width(line));
    return switch (strength(line)) {
      case STRONG -> stroke;
      case WEAK -> stroke + ",stroke-dasharray:8 5";
      case UNKNOWN -> stroke + ",stroke-dasharray:2 4";
    };
  }

  private static String entity(String text) {
    return '"' + text.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;") + '"';
  }

  /** The dependencies of all functions, numbered. */
  private Map<String, Integer> names() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    functions.stream()
        .flatMap(view -> view.edges().stream())
        .forEach(line -> numbers.putIfAbsent(line.edge().dependency(), numbers.size()));
    return numbers;
  }

  private static Strength strength(EdgeView line) {
    return line.edge().verdict().strength();
  }

  private static String label(EdgeView line) {
    Verdict verdict = line.edge().verdict();
    String found =
        verdict.strength() == Strength.UNKNOWN
            ? "unknown"
            : "%s %.0f %%"
                .formatted(lower(verdict.strength()), Math.min(verdict.confidence() * 100, 99));
    String declared = line.edge().mismatch() ? ", declared " + lower(line.edge().declared()) : "";
    return found + declared + ", " + line.health().label();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private String width(EdgeView line) {
    double share = most == 0 ? 0 : Math.sqrt((double) line.edge().calls() / most);
    return String.format(Locale.ROOT, "%.1f", THINNEST + (THICKEST - THINNEST) * share);
  }

  private static String colour(EdgeView line) {
    if (strength(line) == Strength.UNKNOWN) {
      return GREY;
    }
    return switch (line.health()) {
      case GOOD -> "#1d7044";
      case IMPAIRED -> "#8a5a00";
      case BAD -> "#b3261e";
      case IDLE -> GREY;
    };
  }
}
