package dev.snowshed.samples.orderevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.function.Context;
import dev.snowshed.function.Function;
import dev.snowshed.function.Handler;
import dev.snowshed.function.ProblemException;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Answers an order that was placed with the parcel to be packed.
 *
 * <p>The same order placed twice gives events of the same id, so a receiver can tell a repetition.
 */
@Function(name = "order-events", timeout = "5s")
public final class OrderEvents implements Handler<CloudEvent, CloudEvent> {
  static final String ORDER_PLACED = "dev.snowshed.samples.order-placed";
  static final String PARCEL_REQUESTED = "dev.snowshed.samples.parcel-requested";

  private final ObjectMapper json = new ObjectMapper();

  @Override
  public CloudEvent handle(CloudEvent event, Context context) throws IOException {
    if (!event.getType().equals(ORDER_PLACED)) {
      throw new ProblemException(422, "type must be " + ORDER_PLACED + ", was " + event.getType());
    }
    JsonNode order = order(event);
    String id = order.path("order").textValue();
    if (id == null) {
      throw new ProblemException(422, "data must have an \"order\" that is a text");
    }
    ObjectNode parcel = json.createObjectNode().put("order", id).put("items", items(order));
    return CloudEventBuilder.v1()
        .withId(event.getId() + "-parcel")
        .withSource(URI.create("/functions/" + context.functionName()))
        .withType(PARCEL_REQUESTED)
        .withSubject(id)
        .withTime(OffsetDateTime.now(ZoneOffset.UTC))
        .withData("application/json", json.writeValueAsBytes(parcel))
        .build();
  }

  private JsonNode order(CloudEvent event) {
    if (event.getData() == null) {
      throw new ProblemException(422, "an order-placed event must have data");
    }
    try {
      return json.readTree(event.getData().toBytes());
    } catch (IOException e) {
      throw new ProblemException(422, "data must be JSON: " + e.getMessage());
    }
  }

  private static int items(JsonNode order) {
    int items = 0;
    for (JsonNode line : order.path("lines")) {
      JsonNode quantity = line.path("quantity");
      if (!quantity.isInt() || quantity.intValue() < 1 || quantity.intValue() > 1000) {
        throw new ProblemException(422, "the quantity of every line must be 1 to 1000");
      }
      items += quantity.intValue();
    }
    if (items == 0) {
      throw new ProblemException(422, "data must have \"lines\", at least one");
    }
    return items;
  }
}
