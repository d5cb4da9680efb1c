package dev.snowshed.runtime.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.snowshed.core.dependency.drill.DrillPlan;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.spi.DependencyDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a drill is to do.
 *
 * @param function which function
 * @param dependencies which of its dependencies; all that are known or found if empty
 * @param faults what to inject
 * @param pairs whether to inject into two dependencies at once, too
 * @param repetitions calls for each treatment
 * @param maxSeconds how long it may take; as long as it needs by {@link DrillTime} if absent
 * @param requests what is sent; if empty, the caller marks requests of its own; if absent, the
 *     host's warm-up request
 */
record DrillOrder(
    String function,
    Set<String> dependencies,
    List<Fault> faults,
    boolean pairs,
    int repetitions,
    Optional<Integer> maxSeconds,
    Optional<List<DrillRequest>> requests) {

  private static final int MAX_REPETITIONS = 10_000;
  private static final int MAX_REQUESTS = 1000;
  private static final int MAX_FAULTS = 8;
  private static final int MAX_DEPENDENCIES = 64;
  private static final Set<String> FIELDS =
      Set.of(
          "function", "dependencies", "faults", "pairs", "repetitions", "maxSeconds", "requests");

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is none; the message tells what is wrong
   */
  static DrillOrder of(JsonNode json) {
    if (!json.path("function").isTextual()) {
      throw new IllegalArgumentException(
          "a drill needs the name of a function: {\"function\":\"NAME\"}");
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new IllegalArgumentException(
            "a drill has no field '"
                + field.getKey()
                + "', only "
                + FIELDS.stream().sorted().toList());
      }
    }
    List<Fault> faults =
        list(json, "faults", MAX_FAULTS, DrillOrder::fault)
            .filter(all -> !all.isEmpty())
            .orElse(Faults.DEFAULT);
    return new DrillOrder(
        json.path("function").textValue(),
        new LinkedHashSet<>(
            list(json, "dependencies", MAX_DEPENDENCIES, DrillOrder::dependency).orElse(List.of())),
        faults.stream().distinct().toList(),
        json.path("pairs").asBoolean(false),
        number(json, "repetitions", MAX_REPETITIONS).orElse(DrillPlan.DEFAULT_REPETITIONS),
        number(json, "maxSeconds", DrillTime.MOST_SECONDS),
        list(json, "requests", MAX_REQUESTS, DrillRequest::of));
  }

  /** The same with these requests. */
  DrillOrder with(List<DrillRequest> those) {
    return new DrillOrder(
        function, dependencies, faults, pairs, repetitions, maxSeconds, Optional.of(those));
  }

  private static Fault fault(JsonNode json) {
    return Faults.parse(json.asText());
  }

  private static String dependency(JsonNode json) {
    if (!json.isTextual() || !DependencyDescriptor.isName(json.textValue())) {
      throw new IllegalArgumentException(
          "a dependency's name has 1 to 64 letters, digits, '.', '_' or '-', but this is " + json);
    }
    return json.textValue();
  }

  private static <T> Optional<List<T>> list(
      JsonNode json, String field, int most, Function<JsonNode, T> read) {
    JsonNode array = json.path(field);
    if (array.isMissingNode() || array.isNull()) {
      return Optional.empty();
    }
    if (!array.isArray() || array.size() > most) {
      throw new IllegalArgumentException(
          field + " is a JSON array of at most " + most + ", but this is " + shown(array));
    }
    List<T> all = new ArrayList<>();
    array.forEach(each -> all.add(read.apply(each)));
    return Optional.of(List.copyOf(all));
  }

  private static String shown(JsonNode node) {
    return node.isArray() ? "one of " + node.size() : node.toString();
  }

  private static Optional<Integer> number(JsonNode json, String field, int most) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
      throw new IllegalArgumentException(
          field + " is a number from 1 to " + most + ", but this is " + value);
    }
    return Optional.of(value.intValue());
  }
}
