package dev.snowshed.samples.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.function.Context;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.test.TestContext;
import dev.snowshed.samples.downstream.Downstream;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What quote does when the real downstream server is in trouble. The guide to strong and weak
 * dependencies is built on it.
 */
class QuoteDependenciesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDER =
      "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"tea\",\"quantity\":3}]}";

  private final HttpClient client = HttpClient.newHttpClient();
  private Downstream downstream;
  private SampleJar jar;
  private FunctionBinding quote;
  private Object instance;

  @BeforeEach
  void start() throws Exception {
    downstream = Downstream.start(0);
    jar = SampleJar.open("quote");
    quote = jar.functions().get("quote");
    instance = jar.inside(quote::create);
    quote(Duration.ofMinutes(1)); // loads what the first call loads, however slow the machine
  }

  @AfterEach
  void stop() throws Exception {
    quote.stop(instance);
    jar.close();
    downstream.close();
    client.close();
  }

  @Test
  void pricesAnOrderWhenAllIsWell() throws Exception {
    JsonNode price = quote(Duration.ofMinutes(1));

    assertEquals(1350, price.path("subtotalCents").asInt());
    assertEquals(1215, price.path("totalCents").asInt());
    assertEquals("[\"mug\",\"pot\",\"honey\"]", price.path("recommendations").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"errorRate=1", "hang=true"})
  void cannotDoWithoutTheCatalog(String trouble) throws Exception {
    control("catalog", trouble);

    assertThrows(Exception.class, () -> quote());
  }

  @Test
  void waitsForTheCatalog() throws Exception {
    control("catalog", "delay=1500ms");

    assertEquals(1215, quote().path("totalCents").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"errorRate=1", "delay=1500ms", "hang=true"})
  void doesWithoutThePromotions(String trouble) throws Exception {
    control("promotions", trouble);

    assertEquals(1350, quote().path("totalCents").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"errorRate=1", "delay=1500ms", "hang=true"})
  void cannotDoWithoutTheRecommendations(String trouble) throws Exception {
    control("recommendations", trouble);

    assertThrows(Exception.class, () -> quote());
  }

  private JsonNode quote() throws Exception {
    return quote(Duration.ofSeconds(4));
  }

  private JsonNode quote(Duration remaining) throws Exception {
    Type order = quote.descriptor().input().type();
    Object input = JSON.readValue(ORDER, JSON.constructType(order));
    Context context =
        TestContext.builder()
            .remaining(remaining)
            .setting("downstream", downstream.uri().toString())
            .build();
    return JSON.valueToTree(jar.inside(() -> quote.invoke(instance, input, context)));
  }

  private void control(String service, String behaviour) throws Exception {
    URI uri = downstream.uri().resolve("/control/" + service + '?' + behaviour);
    HttpRequest request =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.noBody()).build();
    assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
  }
}
