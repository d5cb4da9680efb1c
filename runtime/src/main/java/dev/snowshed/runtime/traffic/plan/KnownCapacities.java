package dev.snowshed.runtime.traffic.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.core.traffic.FunctionCapacity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What hosts say they carry: their answers to {@code GET /snowshed/traffic}. */
final class KnownCapacities {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PATH = "/snowshed/traffic";
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int MOST_PORT = 65_535;

  private final Map<String, List<Told>> byFunction;
  private final String sources;

  /**
   * What one host says of one function.
   *
   * @param source where that was read
   * @param json what it says
   */
  record Told(String source, JsonNode json) {

    /** What it carries, if it knows. */
    Optional<FunctionCapacity> capacity() {
      double cost = value("costHostSeconds");
      double safe = value("safeThroughput");
      double concurrency = value("safeConcurrency");
      double seconds = value("latencyAtSafeMillis") / MILLIS_PER_SECOND;
      return cost > 0 && safe > 0 && concurrency > 0 && seconds > 0
          ? Optional.of(new FunctionCapacity(cost, safe, concurrency, seconds))
          : Optional.empty();
    }

    double value(String estimate) {
      return json.path(estimate).path("value").asDouble();
    }

    /** Whether the host was seen at its limit, and did not reckon what it would do there. */
    boolean measured() {
      return json.path("safeThroughput").path("source").asText().equals("measured");
    }

    double ageSeconds() {
      return json.path("safeThroughput").path("ageSeconds").asDouble();
    }

    /** What ends it, as the host has it. */
    String bottleneck() {
      return json.path("bottleneck").asText("unknown");
    }

    private String reason() {
      return json.path("unknownBecause").asText("it does not say why");
    }
  }

  private KnownCapacities(Map<String, List<Told>> byFunction, String sources) {
    this.byFunction = byFunction;
    this.sources = sources;
  }

  /**
   * Asks hosts, and reads files.
   *
   * @throws PlanException if one does not answer or is not such an answer
   */
  static KnownCapacities read(List<String> from) throws PlanException {
    Map<String, List<Told>> byFunction = new TreeMap<>();
    for (String source : from) {
      JsonNode functions = parse(source, text(source)).path("functions");
      if (!functions.isArray()) {
        throw PlanException.misuse(
            source + " is no answer to GET " + PATH + ": it has no list of functions");
      }
      for (JsonNode function : functions) {
        byFunction
            .computeIfAbsent(function.path("name").asText(), _ -> new ArrayList<>())
            .add(new Told(source, function));
      }
    }
    return new KnownCapacities(byFunction, String.join(", ", from));
  }

  private static JsonNode parse(String source, String text) throws PlanException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw PlanException.misuse(
          source
              + " is no JSON ("
              + e.getOriginalMessage()
              + "); it has to be an answer to "
              + PATH);
    }
  }

  private static String text(String source) throws PlanException {
    return source.startsWith("http://") || source.startsWith("https://")
        ? fetch(source)
        : file(source);
  }

  private static String file(String name) throws PlanException {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException | IllegalArgumentException e) {
      throw PlanException.misuse(
          "cannot read '"
              + name
              + "' ("
              + e
              + "); --from takes http://HOST:PORT of a host's management port, or a file with its"
              + " answer to "
              + PATH);
    }
  }

  private static String fetch(String address) throws PlanException {
    URI uri = uri(address);
    if (uri.getHost() == null || uri.getPort() > MOST_PORT) {
      throw PlanException.misuse(
          "--from '"
              + address
              + "' is no address: it has to be http://HOST:PORT, where HOST is an IP address or a"
              + " name of letters, digits, '-' and '.'");
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw PlanException.misuse(
            uri
                + " answers with the status "
                + answer.statusCode()
                + "; is this the management port of a host (9000 by default)?");
      }
      return answer.body();
    } catch (IOException e) {
      throw PlanException.unknown(
          "no answer from "
              + uri
              + " ("
              + e
              + "); is the host running, and its management port open to this machine"
              + " (QUARKUS_MANAGEMENT_HOST)? --from names another, or a file with its answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PlanException.unknown("interrupted");
    }
  }

  private static URI uri(String address) throws PlanException {
    try {
      URI uri = URI.create(address);
      String path = uri.getPath();
      return path == null || path.isEmpty() || path.equals("/") ? uri.resolve(PATH) : uri;
    } catch (IllegalArgumentException e) {
      throw PlanException.misuse("--from '" + address + "' is no address: " + e.getMessage());
    }
  }

  /** What was said of a function by those who know. */
  List<Told> known(String function) {
    return byFunction.getOrDefault(function, List.of()).stream()
        .filter(told -> told.capacity().isPresent())
        .toList();
  }

  /**
   * What a function's instances carry each: the mean over those who know.
   *
   * @throws PlanException if nobody does
   */
  FunctionCapacity of(String function) throws PlanException {
    List<FunctionCapacity> known =
        known(function).stream().flatMap(told -> told.capacity().stream()).toList();
    if (known.isEmpty()) {
      throw unknown(function);
    }
    return new FunctionCapacity(
        mean(known, FunctionCapacity::costHostSeconds),
        mean(known, FunctionCapacity::safePerSecond),
        mean(known, FunctionCapacity::safeConcurrency),
        mean(known, FunctionCapacity::latencySeconds));
  }

  private static double mean(List<FunctionCapacity> all, ToDoubleFunction<FunctionCapacity> part) {
    return all.stream().mapToDouble(part).average().orElseThrow();
  }

  private PlanException unknown(String function) {
    List<Told> told = byFunction.getOrDefault(function, List.of());
    if (told.isEmpty()) {
      return PlanException.misuse(
          "no capacity is known for the function '%s', because %s %s; a plan names only functions that a host of --from serves"
              .formatted(
                  function,
                  sources,
                  byFunction.isEmpty()
                      ? "has no function at all"
                      : "has only " + String.join(", ", new TreeSet<>(byFunction.keySet()))));
    }
    return PlanException.unknown(
        "no capacity is known for the function '%s', because %s says: %s. Give the host more of its load (a load test, or its next peak) and ask again, or take with --from the answer of a host that has had it"
            .formatted(function, told.getFirst().source(), told.getFirst().reason()));
  }
}
