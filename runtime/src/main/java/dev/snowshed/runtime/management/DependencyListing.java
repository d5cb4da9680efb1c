package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Interval;
import java.util.List;
import java.util.Locale;

/** Renders dependencies as JSON. */
final class DependencyListing {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private DependencyListing() {}

  static ObjectNode of(String host, List<DependencyView> functions) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("host", host);
    ArrayNode list = root.putArray("functions");
    functions.forEach(view -> function(list.addObject(), view));
    ArrayNode mismatches = root.putArray("declaredWeakBehavesStrong");
    functions.forEach(view -> mismatches(mismatches, view));
    return root;
  }

  private static void mismatches(ArrayNode list, DependencyView view) {
    view.edges().stream()
        .map(DependencyView.EdgeView::edge)
        .filter(EdgeSnapshot::isWeakButBehavesStrong)
        .forEach(
            edge ->
                list.addObject()
                    .put("function", view.function())
                    .put("dependency", edge.dependency()));
  }

  private static void function(ObjectNode node, DependencyView view) {
    node.put("name", view.function());
    node.put("calls", view.calls());
    ArrayNode dependencies = node.putArray("dependencies");
    view.edges().forEach(edge -> edge(dependencies.addObject(), edge));
  }

  private static void edge(ObjectNode node, DependencyView.EdgeView view) {
    EdgeSnapshot edge = view.edge();
    node.put("name", edge.dependency());
    node.put("declared", label(edge.declared()));
    verdict(node, edge);
    counts(node, edge);
    failures(node.putObject("failedGivenFailed"), edge.failedGivenFailed());
    failures(node.putObject("failedGivenFine"), edge.failedGivenFine());
    difference(node, edge.difference());
    age(node, edge);
    node.put("drilled", edge.drilled());
    ArrayNode sources = node.putArray("sources");
    view.sources().forEach(sources::add);
    node.put("breaker", view.breaker().label());
    node.put("health", view.health().label());
  }

  private static void verdict(ObjectNode node, EdgeSnapshot edge) {
    node.put("verdict", label(edge.verdict().strength()));
    node.put("confidence", edge.verdict().confidence());
    node.put("mismatch", edge.mismatch());
    node.put("evidence", edge.verdict().evidence());
    node.put("reason", edge.verdict().reason());
  }

  private static void counts(ObjectNode node, EdgeSnapshot edge) {
    node.put("calls", edge.calls());
    node.put("callsPerSecond", edge.callsPerSecond());
    node.put("failures", edge.failures());
    node.put("refused", edge.refused());
    node.put("fallbacks", edge.fallbacks());
    node.put("retries", edge.retries());
    node.put("errorRate", edge.errorRate());
    millis(node, "p50Millis", edge.p50Nanos());
    millis(node, "p99Millis", edge.p99Nanos());
    node.put("shareOfTime", edge.shareOfTime());
  }

  private static void millis(ObjectNode node, String name, long nanos) {
    if (nanos > 0) {
      node.put(name, nanos / NANOS_PER_MILLI);
    } else {
      node.putNull(name);
    }
  }

  private static void failures(ObjectNode node, Failures failures) {
    node.put("failed", failures.failed());
    node.put("of", failures.of());
  }

  private static void difference(ObjectNode node, Interval difference) {
    if (difference.equals(Interval.UNKNOWN)) {
      node.putNull("difference");
    } else {
      node.putObject("difference").put("low", difference.low()).put("high", difference.high());
    }
  }

  private static void age(ObjectNode node, EdgeSnapshot edge) {
    if (edge.oldestNanos() == 0) {
      node.putNull("oldestSeconds").putNull("newestSeconds");
    } else {
      node.put("oldestSeconds", edge.oldestNanos() / NANOS_PER_SECOND);
      node.put("newestSeconds", edge.newestNanos() / NANOS_PER_SECOND);
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
