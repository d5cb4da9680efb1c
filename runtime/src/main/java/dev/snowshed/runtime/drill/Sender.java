package dev.snowshed.runtime.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.dependency.Drills;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/**
 * Sends marked requests to the host's own function port. They may be shed before others, unless
 * they say themselves how much they matter. Safe for concurrent use.
 */
final class Sender implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CRITICALITY = "X-Request-Criticality";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int SHOWN_CHARACTERS = 300;

  /** Reasons of the host to refuse a request that has nothing to do with the request itself. */
  private static final Set<String> REFUSALS =
      Set.of("overloaded", "memory", "retry-budget", "draining", "tenant-over-share");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI functions;
  private final String function;
  private final String id;

  /**
   * A sender of one drill.
   *
   * @param functions where the functions are, ending in a slash
   */
  Sender(URI functions, String function, String id) {
    this.functions = functions;
    this.function = function;
    this.id = id;
  }

  /**
   * What became of a request.
   *
   * @param status the HTTP status
   * @param refused whether the host would not take it: that says nothing of the function
   * @param shown the beginning of the answer
   */
  record Sent(int status, boolean refused, String shown) {
    boolean isGood() {
      return status < 400;
    }
  }

  /**
   * Sends a request once.
   *
   * @param treatment its index
   * @throws IOException if no answer came
   */
  Sent send(DrillRequest request, int treatment, Duration atMost)
      throws IOException, InterruptedException {
    HttpRequest.Builder marked =
        request.to(functions, function).header(Drills.HEADER, id + ';' + treatment).timeout(atMost);
    if (!request.headers().containsKey(CRITICALITY)) {
      marked.header(CRITICALITY, "sheddable");
    }
    HttpResponse<String> response = http.send(marked.build(), BodyHandlers.ofString());
    return new Sent(
        response.statusCode(),
        (response.statusCode() == 503 || response.statusCode() == 429)
            && REFUSALS.contains(reason(response)),
        shown(response.body()));
  }

  private static String reason(HttpResponse<String> response) {
    try {
      JsonNode body = JSON.readTree(response.body());
      return body == null ? "" : body.path("reason").asText();
    } catch (IOException e) {
      return "";
    }
  }

  private static String shown(String body) {
    return body.length() <= SHOWN_CHARACTERS ? body : body.substring(0, SHOWN_CHARACTERS) + "…";
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
