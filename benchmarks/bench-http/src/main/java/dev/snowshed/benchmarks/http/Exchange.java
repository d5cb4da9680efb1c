package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The one exchange that every target must get right, to the byte. Safe for concurrent use. */
final class Exchange implements Probe, AutoCloseable {

  /** What is posted. */
  static final String REQUEST =
      """
      {"name":"Ada","items":[{"sku":"a-1","quantity":2,"price":9.5},\
      {"sku":"b-2","quantity":1,"price":20.25},{"sku":"c-3","quantity":4,"price":1.75}]}""";

  /** What comes back. */
  static final String RESPONSE =
      """
      {"message":"Hello Ada, 3 items","total":46.25}""";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  @Override
  public Optional<String> complaint(URI uri) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(REQUEST))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 && response.body().equals(RESPONSE)
          ? Optional.empty()
          : Optional.of("answered " + response.statusCode() + ": " + response.body());
    } catch (IOException e) {
      return Optional.of("did not answer: " + e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
