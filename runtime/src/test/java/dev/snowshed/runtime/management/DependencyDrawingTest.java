package dev.snowshed.runtime.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.Snapshot;
import dev.snowshed.runtime.dependency.Breaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyDrawingTest {
  private final Leaning quote =
      new Leaning("a \"q\"", "here")
          .call(400, "catalog", false, false)
          .call(300, "catalog", true, true)
          .call(600, "stock", true, false)
          .call(100, "stock", false, false)
          .call(2, "(other)", false, false);

  private List<DependencyView> views() {
    quote.statistics().declare("catalog", Declared.WEAK);
    Snapshot snapshot = quote.statistics().snapshot(quote.nowNanos());
    return List.of(
        DependencyView.of(snapshot, name -> name.equals("stock") ? Breaker.OPEN : Breaker.CLOSED));
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
                        && line.contains(", declared weak, impaired\"")),
        lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith(from + "\"dependency stock\" [style=dashed")
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
    assertEquals("open", function.path("dependencies").get(2).path("breaker").asText());
    assertEquals("bad", function.path("dependencies").get(2).path("health").asText());
    JsonNode mismatch = root.path("declaredWeakBehavesStrong").get(0);
    assertEquals("catalog", mismatch.path("dependency").asText());
    assertEquals("a \"q\"", mismatch.path("function").asText());
  }
}
