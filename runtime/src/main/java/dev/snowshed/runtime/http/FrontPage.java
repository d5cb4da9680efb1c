package dev.snowshed.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.runtime.loading.FunctionRegistry;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The root of the function port, unless its only function answers there: a list of functions. */
@Path("/")
@NonBlocking
public final class FrontPage {
  private final FunctionRegistry registry;

  FrontPage(FunctionRegistry registry) {
    this.registry = registry;
  }

  /** The functions, with their paths. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String functions() {
    ArrayNode functions = JsonNodeFactory.instance.arrayNode();
    registry.functions().keySet().stream()
        .sorted()
        .forEach(
            name ->
                functions
                    .addObject()
                    .put("name", name)
                    .put("path", FunctionEndpoint.PREFIX + name));
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.set("functions", functions);
    return page.toString();
  }
}
