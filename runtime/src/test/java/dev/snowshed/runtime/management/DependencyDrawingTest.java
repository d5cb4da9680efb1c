package dev.snowshed.runtime.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Interval;
import dev.snowshed.core.dependency.Snapshot;
import dev.snowshed.core.dependency.Strength;
import dev.snowshed.core.dependency.Verdict;
import dev.snowshed.runtime.dependency.Breaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyDrawingTest {
  private static EdgeSnapshot edge(
      String name, Declared declared, Strength strength, long calls, double errorRate) {
    Verdict verdict = new Verdict(strength, 0.97, "what was counted", null);
    return new EdgeSnapshot(
        name,
        declared,
        calls,
        300,
        0,
        0,
        0,
        calls / 60.0,
        errorRate,
        1_500_000,
        0,
        0.5,
        new Failures(300, 300),
        Failures.NONE,
        Interval.UNKNOWN,
        verdict,
        0,
        0,
        false);
  }

  private static List<DependencyView> views() {
    Snapshot snapshot =
        new Snapshot(
            "a \"q\"",
            1402,
            List.of(
                edge("stock", Declared.WEAK, Strength.WEAK, 175, 0),
                edge("catalog", Declared.WEAK, Strength.STRONG, 700, 0.07),
                edge("(other)", Declared.UNDECLARED, Strength.UNKNOWN, 0, 0)));
    return List.of(
        DependencyView.of(
            snapshot,
            name -> name.equals("stock") ? Breaker.OPEN : Breaker.CLOSED,
            name -> List.of()));
  }

  @Test
  void drawsForGraphviz() {
    List<String> lines = new DependencyDrawing(views()).dot().lines().toList();
    assertEquals("digraph dependencies {", lines.getFirst());
    assertTrue(lines.contains("  \"function a \\\"q\\\"\" [label=\"a \\\"q\\\"\", style=filled];"));
    assertTrue(lines.contains("  \"dependency catalog\" [label=\"catalog\"];"));
    String from = "  \"function a \\\"q\\\"\" -> ";
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith(from + "\"dependency catalog\" [style=solid, penwidth=6.0")
                        && line.contains("\"strong 97 %, declared weak, impaired\"")),
        lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith(from + "\"dependency stock\" [style=dashed, penwidth=3.5")
                        && line.contains("color=\"#b3261e\"")),
        lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.startsWith(from + "\"dependency (other)\" [style=dotted")),
        lines.toString());
  }

  @Test
  void drawsForMermaid() {
    List<String> lines = new DependencyDrawing(views()).mermaid().lines().toList();
    assertEquals("flowchart LR", lines.getFirst());
    assertEquals("  f0[\"a #quot;q#quot;\"]", lines.get(1));
    assertTrue(lines.contains("  d1([\"catalog\"])"), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("  f0 -->|\"strong ")));
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith("  linkStyle 2 stroke:#b3261e")
                        && line.endsWith("stroke-dasharray:8 5")),
        lines.toString());
  }

  @Test
  void listsAsJson() {
    JsonNode root = DependencyListing.of("host-7", views());
    assertEquals("host-7", root.path("host").asText());
    JsonNode function = root.path("functions").get(0);
    assertEquals(1402, function.path("calls").asInt());
    JsonNode catalog = function.path("dependencies").get(1);
    assertEquals("catalog", catalog.path("name").asText());
    assertEquals("weak", catalog.path("declared").asText());
    assertEquals("strong", catalog.path("verdict").asText());
    assertTrue(catalog.path("mismatch").asBoolean());
    assertEquals(300, catalog.path("failedGivenFailed").path("failed").asInt());
    assertEquals(700, catalog.path("calls").asInt());
    assertEquals(300, catalog.path("failures").asInt());
    assertEquals(1.5, catalog.path("p50Millis").asDouble());
    assertTrue(catalog.path("p99Millis").isNull(), "none were measured");
    assertTrue(catalog.path("difference").isNull(), "nothing is known");
    assertTrue(catalog.path("oldestSeconds").isNull(), "there is no evidence");
    assertEquals("idle", function.path("dependencies").get(0).path("health").asText());
    assertEquals("open", function.path("dependencies").get(2).path("breaker").asText());
    assertEquals("bad", function.path("dependencies").get(2).path("health").asText());
    JsonNode mismatch = root.path("declaredWeakBehavesStrong").get(0);
    assertEquals("catalog", mismatch.path("dependency").asText());
    assertEquals("a \"q\"", mismatch.path("function").asText());
  }
}
