package dev.snowshed.samples.downstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownstreamTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private Downstream downstream;

  @BeforeEach
  void start() throws IOException {
    downstream = Downstream.start(0);
  }

  @AfterEach
  void stop() {
    downstream.close();
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/catalog?sku=mug&sku=none&sku=mug"
            + " | {\"articles\":[{\"sku\":\"mug\",\"name\":\"Mug\",\"cents\":1250}]}",
        "/promotions?customer=ada | {\"percent\":10}",
        "/promotions?customer=bob | {\"percent\":0}",
        "/recommendations?sku=tea&sku=mug | {\"skus\":[\"pot\",\"honey\"]}",
        "/recommendations | {\"skus\":[]}"
      })
  void servesTheServicesOfAShop(String path, String json) throws Exception {
    HttpResponse<String> answer = get(path);

    assertEquals(200, answer.statusCode());
    assertEquals(json, answer.body());
  }

  @Test
  void failsWhenToldToAndHealsWhenToldNothing() throws Exception {
    put("/control/promotions?errorRate=1");
    assertEquals(503, get("/promotions").statusCode());
    assertEquals(200, get("/catalog").statusCode(), "others are not affected");

    put("/control/promotions");
    assertEquals(200, get("/promotions").statusCode());
  }

  @Test
  void failsAsOftenAsItIsTold() throws Exception {
    put("/control/catalog?errorRate=0.5");

    int failed = 0;
    for (int i = 0; i < 400; i++) {
      failed += get("/catalog").statusCode() == 503 ? 1 : 0;
    }

    // Out of bounds by chance less than once in 10^15 runs.
    assertTrue(failed > 120 && failed < 280, failed + " of 400 failed");
  }

  @Test
  void answersNoSoonerThanItIsTold() throws Exception {
    put("/control/catalog?delay=60ms");

    long start = System.nanoTime();
    get("/catalog");

    assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(60));
  }

  @Test
  void hangsUntilToldOtherwise() throws Exception {
    put("/control/catalog?hang=true");
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(request("/catalog").build(), BodyHandlers.ofString());
    get("/promotions");
    assertFalse(hanging.isDone());

    put("/control/catalog?hang=false");

    assertEquals(200, hanging.get(20, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void tellsHowItsServicesBehave() throws Exception {
    String behaviour = "{\"delay\":\"2000ms\",\"errorRate\":0.25,\"hang\":false,\"atOnce\":10000}";

    assertEquals(behaviour, put("/control/catalog?delay=2s&errorRate=.25").body());
    assertEquals(behaviour, get("/control/catalog").body());
    assertTrue(get("/control").body().startsWith("{\"catalog\":" + behaviour + ",\"promotions\":"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay=fast",
        "delay=601s",
        "delay=-1ms",
        "errorRate=1.1",
        "atOnce=0",
        "atOnce=few",
        "errorRate=NaN",
        "hang=yes",
        "speed=1",
        "delay=%22%0A"
      })
  void refusesSettingsThatMakeNoSense(String settings) throws Exception {
    HttpResponse<String> answer = put("/control/catalog?" + settings);

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().matches("\\{\"error\":\"([^\"\\\\\\n]|\\\\\")+\"}"), answer.body());
    assertEquals(
        "{\"delay\":\"0ms\",\"errorRate\":0.0,\"hang\":false,\"atOnce\":10000}",
        get("/control/catalog").body());
  }

  @Test
  void refusesOtherPathsAndMethods() throws Exception {
    assertEquals(404, get("/").statusCode());
    assertEquals(404, put("/control/unknown").statusCode());
    assertEquals(405, put("/catalog").statusCode());
  }

  @Test
  void answersWhatHangsWhenItStops() throws Exception {
    put("/control/catalog?hang=true");
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(request("/catalog").build(), BodyHandlers.ofString());
    get("/promotions");

    downstream.close();

    hanging.handle((answer, failure) -> true).get(20, TimeUnit.SECONDS);
    assertThrows(ConnectException.class, () -> get("/catalog"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String path) throws Exception {
    return client.send(
        request(path).PUT(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(downstream.uri().resolve(path));
  }
}
