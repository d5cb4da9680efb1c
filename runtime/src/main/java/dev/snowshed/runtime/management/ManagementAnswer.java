package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;

/** Answers of the management port, all of one form. */
public final class ManagementAnswer {
  private ManagementAnswer() {}

  /** Answers with JSON. */
  public static void json(RoutingContext context, int status, JsonNode body) {
    send(context, status, "application/json", body.toString());
  }

  /**
   * Answers with a problem (RFC 9457).
   *
   * @param reason its stable name
   * @param detail for people
   */
  public static void problem(RoutingContext context, int status, String reason, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "urn:snowshed:problem:" + reason);
    body.put("status", status);
    body.put("reason", reason);
    body.put("detail", detail);
    send(context, status, "application/problem+json", body.toString());
  }

  /** Answers with a text of a type of one's own. */
  public static void send(RoutingContext context, int status, String contentType, String body) {
    context.response().setStatusCode(status).putHeader("content-type", contentType).end(body);
  }
}
