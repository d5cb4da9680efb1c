package dev.snowshed.runtime.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.dependency.drill.DrillReport;
import dev.snowshed.core.dependency.drill.DrillReport.Effect;
import dev.snowshed.core.dependency.drill.DrillReport.Finding;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.core.dependency.drill.Treatment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders drills as JSON. */
final class DrillListing {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double THOUSAND = 1e3;

  private DrillListing() {}

  static ObjectNode of(HostDrills drills, long nowNanos) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode functions = root.putArray("functions");
    drills
        .subjects()
        .forEach(
            (function, dependencies) -> {
              ObjectNode node = functions.addObject().put("name", function);
              ArrayNode names = node.putArray("dependencies");
              dependencies.keySet().stream().sorted().forEach(names::add);
            });
    ArrayNode all = root.putArray("drills");
    drills.all().forEach(drill -> all.add(head(drill, nowNanos)));
    return root;
  }

  static ObjectNode of(Drill drill, long nowNanos) {
    ObjectNode node = head(drill, nowNanos);
    ArrayNode treatments = node.putArray("treatments");
    drill
        .drilling()
        .ifPresent(phase -> phase.kinds().forEach(kind -> treatment(treatments.addObject(), kind)));
    ArrayNode outOfReach = node.putArray("outOfReach");
    drill.outOfReach().forEach(outOfReach::add);
    Optional<DrillReport> report = drill.report();
    if (report.isPresent()) {
      report(node.putObject("report"), report.get());
    } else {
      node.putNull("report");
    }
    return node;
  }

  private static ObjectNode head(Drill drill, long nowNanos) {
    Drill.Status status = drill.status(nowNanos);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", drill.id());
    node.put("function", drill.order().function());
    node.put("state", status.state().label());
    node.put("reason", status.reason().orElse(null));
    node.put("elapsedSeconds", rounded(status.elapsedNanos() / NANOS_PER_SECOND));
    node.put("maxSeconds", drill.maxSeconds());
    node.put("repetitions", drill.order().repetitions());
    node.put("requests", drill.order().requests().map(List::size).orElse(0));
    node.putObject("progress")
        .put("done", drill.done())
        .put("refused", drill.refused())
        .put("of", drill.planned());
    return node;
  }

  private static void treatment(ObjectNode node, Treatment treatment) {
    ArrayNode dependencies = node.putArray("dependencies");
    treatment.dependencies().forEach(dependencies::add);
    node.put("fault", label(treatment.fault()));
  }

  private static @Nullable String label(@Nullable Fault fault) {
    return fault == null ? null : Faults.label(fault);
  }

  private static void report(ObjectNode node, DrillReport report) {
    node.putObject("control")
        .put("calls", report.control().of())
        .put("failed", report.control().failed())
        .put("p50Millis", millis(report.controlP50Nanos()))
        .put("p99Millis", millis(report.controlP99Nanos()));
    ArrayNode treatments = node.putArray("treatments");
    ArrayNode dependencies = node.putArray("dependencies");
    ArrayNode pairs = node.putArray("pairs");
    ArrayNode mismatches = node.putArray("declaredWeakBehavesStrong");
    for (Finding finding : report.findings()) {
      finding.effects().forEach(effect -> effect(treatments.addObject(), effect));
      boolean alone = finding.dependencies().size() == 1;
      finding((alone ? dependencies : pairs).addObject(), finding);
    }
    report.declaredWeakBehavesStrong().forEach(finding -> mismatches.add(name(finding)));
  }

  private static void effect(ObjectNode node, Effect effect) {
    treatment(node, effect.treatment());
    node.put("calls", effect.failures().of());
    node.put("failed", effect.failures().failed());
    node.put("failedOrLate", effect.lateOrFailed().failed());
    node.put("notMet", effect.notCalled());
    node.put("p50Millis", millis(effect.p50Nanos()));
    node.put("p99Millis", millis(effect.p99Nanos()));
    node.putObject("difference")
        .put("low", effect.difference().low())
        .put("high", effect.difference().high());
  }

  private static void finding(ObjectNode node, Finding finding) {
    node.put("name", name(finding));
    node.put("declared", finding.declared().name().toLowerCase(Locale.ROOT));
    node.put("verdict", finding.verdict().strength().name().toLowerCase(Locale.ROOT));
    node.put("confidence", finding.verdict().confidence());
    node.put("mismatch", finding.mismatch());
    node.put("calls", finding.effects().stream().mapToLong(effect -> effect.failures().of()).sum());
    node.put("evidence", finding.verdict().evidence());
    node.put("reason", finding.verdict().reason());
  }

  private static String name(Finding finding) {
    return String.join(" + ", finding.dependencies());
  }

  private static double millis(long nanos) {
    return rounded(nanos / NANOS_PER_MILLI);
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSAND) / THOUSAND;
  }
}
