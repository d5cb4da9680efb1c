package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.dependency.Counts;
import dev.snowshed.core.dependency.Evidence;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.Stratum;
import dev.snowshed.core.dependency.Testimony;
import java.time.Instant;
import java.util.List;

/** Renders evidence as JSON, to be read by {@link EvidenceReader}, elsewhere or later. */
final class EvidenceWriter {
  /** What the JSON says that it is. */
  static final String FORMAT = "snowshed-evidence/1";

  private EvidenceWriter() {}

  static ObjectNode of(List<Evidence> functions, Instant takenAt) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("takenAt", takenAt.toString());
    ArrayNode list = root.putArray("functions");
    functions.forEach(evidence -> function(list.addObject(), evidence));
    return root;
  }

  private static void function(ObjectNode node, Evidence evidence) {
    node.put("name", evidence.function());
    ArrayNode testimonies = node.putArray("testimonies");
    evidence.testimonies().values().forEach(each -> testimony(testimonies.addObject(), each));
  }

  private static void testimony(ObjectNode node, Testimony testimony) {
    node.put("source", testimony.source());
    node.put("sequence", testimony.sequence());
    node.put("ageNanos", testimony.ageNanos());
    ObjectNode strata = node.putObject("strata");
    testimony
        .strata()
        .forEach(
            (dependency, list) -> {
              ArrayNode of = strata.putArray(dependency);
              list.forEach(stratum -> stratum(of.addObject(), stratum));
            });
  }

  private static void stratum(ObjectNode node, Stratum stratum) {
    node.put("oldestNanos", stratum.oldestNanos());
    node.put("newestNanos", stratum.newestNanos());
    node.put("drilled", stratum.drilled());
    Counts counts = stratum.counts();
    failures(node.putObject("failed"), counts.failed());
    failures(node.putObject("partly"), counts.partly());
    failures(node.putObject("slow"), counts.slow());
    failures(node.putObject("fine"), counts.fine());
    failures(node.putObject("fineInTime"), counts.fineInTime());
  }

  private static void failures(ObjectNode node, Failures failures) {
    node.put("failed", failures.failed()).put("of", failures.of());
  }
}
