package dev.snowshed.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a host could answer to {@code GET /snowshed/dependencies}. Not safe for concurrent use. */
final class Report {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ArrayNode functions;
  private final ArrayNode mismatches;

  Report() {
    root.put("host", "host-7");
    functions = root.putArray("functions");
    mismatches = root.putArray("declaredWeakBehavesStrong");
  }

  /** One function with a dependency of each kind. */
  static Report ofEachKind() {
    Report report = new Report();
    ArrayNode quote = report.function("quote");
    line(quote, "audit-log", "weak", "weak", "idle", 300, 0);
    line(quote, "catalog", "strong", "strong", "good", 12_000, 0.001);
    line(quote, "pricing", "undeclared", "unknown", "good", 8_000, 0.001);
    line(quote, "recommendations", "weak", "strong", "impaired", 11_000, 0.07);
    line(quote, "stock", "weak", "weak", "bad", 4_000, 0.62);
    report.mismatch("quote", "recommendations");
    ArrayNode orders = report.function("orders-import");
    line(orders, "catalog", "strong", "strong", "good", 700, 0.002);
    line(orders, "stock", "strong", "unknown", "bad", 120, 0.55);
    return report;
  }

  ArrayNode function(String name) {
    return functions.addObject().put("name", name).put("calls", 12_345).putArray("dependencies");
  }

  void mismatch(String function, String dependency) {
    mismatches.addObject().put("function", function).put("dependency", dependency);
  }

  static ObjectNode line(
      ArrayNode function,
      String name,
      String declared,
      String verdict,
      String health,
      long calls,
      double errorRate) {
    boolean known = !verdict.equals("unknown");
    ObjectNode node = function.addObject();
    node.put("name", name).put("declared", declared).put("verdict", verdict);
    node.put("confidence", known ? 0.97 : 0);
    node.put("mismatch", known && !declared.equals("undeclared") && !declared.equals(verdict));
    node.put(
        "evidence", "412 failures of " + name + "; the function failed in 98 % of those calls");
    node.put("reason", known ? null : name + " has failed in fewer than 20 calls");
    node.put("calls", calls).put("callsPerSecond", calls / 300.0);
    node.put("failures", Math.round(calls * errorRate)).put("refused", 3);
    node.put("fallbacks", 0).put("retries", 2).put("errorRate", errorRate);
    node.put("p50Millis", 12.3).put("p99Millis", 81.5).put("shareOfTime", 0.42);
    node.putObject("failedGivenFailed").put("failed", 404).put("of", 412);
    node.putObject("failedGivenFine").put("failed", 74).put("of", 11_933);
    node.putObject("difference").put("low", -0.003).put("high", 0.006);
    node.put("oldestSeconds", 5_400).put("newestSeconds", 3.2).put("drilled", !known);
    node.put("breaker", health.equals("bad") ? "open" : "closed").put("health", health);
    return node;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
