package dev.snowshed.runtime.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.snowshed.core.dependency.Counts;
import dev.snowshed.core.dependency.Evidence;
import dev.snowshed.core.dependency.Failures;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.core.dependency.Stratum;
import dev.snowshed.core.dependency.Testimony;
import dev.snowshed.function.spi.DependencyDescriptor;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads evidence from JSON as {@link EvidenceWriter} makes it. All of it is checked before any is
 * given out. Not safe for concurrent use.
 */
final class EvidenceReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int MAX_SOURCE_LENGTH = 200;
  private static final Duration MAX_AGE = Duration.ofDays(36_500);

  private EvidenceReader() {}

  /**
   * Reads it.
   *
   * @param json what was sent
   * @param now the time, by which the evidence has aged
   * @throws BadEvidence if anything in it is not as it must be
   */
  static List<Evidence> read(byte[] json, Instant now) throws BadEvidence {
    Place root = new Place("", parse(json));
    String format = root.field("format").text();
    if (!format.equals(EvidenceWriter.FORMAT)) {
      throw root.field("format").bad("must be \"" + EvidenceWriter.FORMAT + "\"");
    }
    long sinceNanos = sinceNanos(root.field("takenAt"), now);
    List<Evidence> all = new ArrayList<>();
    for (Place each : root.field("functions").elements()) {
      all.add(function(each).aged(sinceNanos));
    }
    return all;
  }

  private static JsonNode parse(byte[] json) throws BadEvidence {
    try {
      JsonNode root = JSON.readTree(json);
      return root == null ? MissingNode.getInstance() : root;
    } catch (JsonProcessingException e) {
      throw new BadEvidence("", "is not whole: " + e.getOriginalMessage());
    } catch (java.io.IOException e) {
      throw new BadEvidence("", "cannot be read: " + e.getMessage());
    }
  }

  private static long sinceNanos(Place takenAt, Instant now) throws BadEvidence {
    try {
      Duration since = Duration.between(Instant.parse(takenAt.text()), now);
      return since.compareTo(MAX_AGE) > 0 ? MAX_AGE.toNanos() : since.toNanos();
    } catch (DateTimeException | ArithmeticException e) {
      throw takenAt.bad("must be a time such as \"2026-11-24T18:00:00Z\"");
    }
  }

  private static Evidence function(Place place) throws BadEvidence {
    String name = place.field("name").text();
    Map<String, Testimony> testimonies = new TreeMap<>();
    for (Place each : place.field("testimonies").elements()) {
      Testimony testimony = testimony(each);
      if (testimonies.put(testimony.source(), testimony) != null) {
        throw each.field("source").bad("names a source that stands before, too");
      }
    }
    return new Evidence(name, testimonies);
  }

  private static Testimony testimony(Place place) throws BadEvidence {
    String source = place.field("source").text();
    if (source.isBlank() || source.length() > MAX_SOURCE_LENGTH) {
      throw place.field("source").bad("must have 1 to " + MAX_SOURCE_LENGTH + " characters");
    }
    Map<String, List<Stratum>> strata = new TreeMap<>();
    for (Map.Entry<String, Place> each : place.field("strata").members().entrySet()) {
      checkDependency(each.getKey(), each.getValue());
      strata.put(each.getKey(), strata(each.getValue()));
    }
    if (strata.size() > FunctionDependencies.MAX_NAMES) {
      throw place
          .field("strata")
          .bad("must have at most " + FunctionDependencies.MAX_NAMES + " dependencies");
    }
    return new Testimony(
        source, place.field("sequence").whole(), place.field("ageNanos").whole(), strata);
  }

  private static void checkDependency(String name, Place place) throws BadEvidence {
    if (!DependencyDescriptor.isName(name) && !name.equals(FunctionDependencies.OTHER)) {
      throw place.bad(
          "stands under a name that no dependency can have: 1 to 64 of letters, digits and . _ -");
    }
  }

  private static List<Stratum> strata(Place place) throws BadEvidence {
    List<Stratum> list = new ArrayList<>();
    for (Place each : place.elements()) {
      list.add(stratum(each));
    }
    return list;
  }

  private static Stratum stratum(Place place) throws BadEvidence {
    long oldest = place.field("oldestNanos").whole();
    long newest = place.field("newestNanos").whole();
    if (newest > oldest) {
      throw place.field("newestNanos").bad("must be at most oldestNanos, " + oldest);
    }
    return new Stratum(oldest, newest, place.field("drilled").flag(), counts(place));
  }

  private static Counts counts(Place place) throws BadEvidence {
    return new Counts(
        failures(place.field("failed")),
        failures(place.field("partly")),
        failures(place.field("slow")),
        failures(place.field("fine")),
        failures(place.field("fineInTime")));
  }

  private static Failures failures(Place place) throws BadEvidence {
    long failed = place.field("failed").whole();
    long of = place.field("of").whole();
    if (failed > of) {
      throw place.field("failed").bad("must be at most of, " + of);
    }
    return new Failures(failed, of);
  }

  /**
   * A value in the JSON, and where it stands.
   *
   * @param pointer a JSON Pointer
   * @param node the value
   */
  private record Place(String pointer, JsonNode node) {
    private static final int SHOWN = 80;

    Place field(String name) throws BadEvidence {
      if (!node.isObject()) {
        throw bad("must be an object");
      }
      return new Place(pointer + '/' + escaped(name), node.path(name));
    }

    Map<String, Place> members() throws BadEvidence {
      if (!node.isObject()) {
        throw bad("must be an object");
      }
      Map<String, Place> members = new TreeMap<>();
      for (Map.Entry<String, JsonNode> each : node.properties()) {
        String name = each.getKey();
        members.put(name, new Place(pointer + '/' + escaped(name), each.getValue()));
      }
      return members;
    }

    List<Place> elements() throws BadEvidence {
      if (!node.isArray()) {
        throw bad("must be an array");
      }
      List<Place> elements = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        elements.add(new Place(pointer + '/' + i, node.get(i)));
      }
      return elements;
    }

    String text() throws BadEvidence {
      if (!node.isTextual()) {
        throw bad("must be a text");
      }
      return node.textValue();
    }

    /** A whole number of 0 or more, so small that the sum of many is one, too. */
    long whole() throws BadEvidence {
      if (!node.isIntegralNumber() || !node.canConvertToLong() || !isCount(node.longValue())) {
        throw bad("must be a whole number from 0 to " + LARGEST);
      }
      return node.longValue();
    }

    boolean flag() throws BadEvidence {
      if (!node.isBoolean()) {
        throw bad("must be true or false");
      }
      return node.booleanValue();
    }

    BadEvidence bad(String rule) {
      return new BadEvidence(pointer, rule + (node.isMissingNode() ? "; it is missing" : was()));
    }

    private String was() {
      String text = node.toString();
      return ", was " + (text.length() > SHOWN ? text.substring(0, SHOWN) + '…' : text);
    }

    private static boolean isCount(long value) {
      return value >= 0 && value <= LARGEST;
    }

    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }
  }

  private static final long LARGEST = 1_000_000_000_000_000_000L;
}
