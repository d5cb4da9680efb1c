package dev.snowshed.runtime.drill.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The drills of a host, as its management port shows them. Safe for concurrent use. */
final class HostClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI drills;
  private final Optional<String> token;

  /**
   * A client of one host.
   *
   * @param management where its management port is
   */
  HostClient(URI management, Optional<String> token) {
    this.drills = management.resolve("/snowshed/drills");
    this.token = token;
  }

  /** What can be drilled, and what was. */
  JsonNode list() throws Failure, Misuse, InterruptedException {
    return answer(request("").GET());
  }

  /** Begins a drill. */
  JsonNode begin(JsonNode order) throws Failure, Misuse, InterruptedException {
    return answer(
        request("")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order.toString())));
  }

  /** How a drill stands. */
  JsonNode drill(String id) throws Failure, Misuse, InterruptedException {
    return answer(request("/" + id).GET());
  }

  /** Ends a drill before its time. */
  JsonNode abort(String id) throws Failure, Misuse, InterruptedException {
    return answer(request("/" + id).DELETE());
  }

  private HttpRequest.Builder request(String below) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(drills + below));
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return request.timeout(PATIENCE);
  }

  private JsonNode answer(HttpRequest.Builder request)
      throws Failure, Misuse, InterruptedException {
    HttpResponse<String> response = send(request.build());
    JsonNode body = json(response.body());
    if (response.statusCode() < 300) {
      return body;
    }
    String detail = body.path("detail").asText("answered with " + response.statusCode());
    switch (response.statusCode()) {
      case 400 -> throw new Misuse(detail);
      case 401, 403 -> throw new Failure("the host refuses: " + detail + " (here: --token)");
      case 404 -> {
        if (body.has("detail")) {
          throw new Misuse(detail);
        }
        throw new Failure(drills + " is not there: is this the management port of a host?");
      }
      default -> throw new Failure(detail);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws Failure, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Failure("no host answers at " + request.uri() + ": " + e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
