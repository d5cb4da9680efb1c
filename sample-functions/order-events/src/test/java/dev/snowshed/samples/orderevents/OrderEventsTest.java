package dev.snowshed.samples.orderevents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.Context;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.test.TestContext;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEventsTest {
  private static final String ORDER =
      "{\"order\":\"1001\",\"lines\":[{\"sku\":\"tea\",\"quantity\":2},"
          + "{\"sku\":\"mug\",\"quantity\":1}]}";

  private final OrderEvents function = new OrderEvents();
  private final Context context = TestContext.builder().functionName("order-events").build();

  @Test
  void answersAnOrderWithAParcel() throws Exception {
    CloudEvent parcel = function.handle(event(OrderEvents.ORDER_PLACED, ORDER), context);

    assertEquals("e-1-parcel", parcel.getId());
    assertEquals(URI.create("/functions/order-events"), parcel.getSource());
    assertEquals("dev.snowshed.samples.parcel-requested", parcel.getType());
    assertEquals("1001", parcel.getSubject());
    assertEquals("application/json", parcel.getDataContentType());
    assertNotNull(parcel.getTime());
    assertEquals(
        "{\"order\":\"1001\",\"items\":3}",
        new String(parcel.getData().toBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void refusesOtherEvents() {
    var problem = refusal(event("com.example.order-cancelled", ORDER));

    assertEquals(
        "type must be dev.snowshed.samples.order-placed, was com.example.order-cancelled",
        problem.getMessage());
  }

  @Test
  void refusesAnOrderWithoutData() {
    var event = CloudEventBuilder.v1(event(OrderEvents.ORDER_PLACED, ORDER)).withoutData().build();

    assertEquals("an order-placed event must have data", refusal(event).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | data must be JSON",
        "[] | data must have an \"order\"",
        "{\"order\":7} | data must have an \"order\" that is a text",
        "{\"order\":\"7\"} | data must have \"lines\"",
        "{\"order\":\"7\",\"lines\":[]} | data must have \"lines\"",
        "{\"order\":\"7\",\"lines\":[{}]} | the quantity of every line must be 1 to 1000",
        "{\"order\":\"7\",\"lines\":[{\"quantity\":-1}]} | the quantity of every line",
        "{\"order\":\"7\",\"lines\":[{\"quantity\":2.5}]} | the quantity of every line"
      })
  void refusesDataThatIsNoOrder(String data, String start) {
    var problem = refusal(event(OrderEvents.ORDER_PLACED, data));

    assertTrue(problem.getMessage().startsWith(start), problem.getMessage());
  }

  private ProblemException refusal(CloudEvent event) {
    var problem = assertThrows(ProblemException.class, () -> function.handle(event, context));
    assertEquals(422, problem.status());
    return problem;
  }

  private static CloudEvent event(String type, String data) {
    return CloudEventBuilder.v1()
        .withId("e-1")
        .withSource(URI.create("/shop"))
        .withType(type)
        .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
