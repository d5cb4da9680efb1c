package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import dev.snowshed.runtime.loading.BundleStatus;
import dev.snowshed.runtime.loading.LoadedBundle;
import dev.snowshed.runtime.loading.LoadedFunction;
import java.util.List;

/** Renders what is loaded, and what could not be, as JSON. */
final class FunctionListing {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FunctionListing() {}

  static ObjectNode of(List<BundleStatus> statuses) {
    ArrayNode functions = JSON.arrayNode();
    ArrayNode bundles = JSON.arrayNode();
    for (BundleStatus status : statuses) {
      bundles.add(bundle(status));
      status
          .serving()
          .ifPresent(bundle -> bundle.functions().forEach(f -> functions.add(function(f, status))));
    }
    ObjectNode root = JSON.objectNode();
    root.set("functions", functions);
    root.set("bundles", bundles);
    return root;
  }

  static ObjectNode bundle(BundleStatus status) {
    ObjectNode node = JSON.objectNode();
    node.put("path", status.location().path().toString());
    node.put("kind", status.location().kind().name().toLowerCase(java.util.Locale.ROOT));
    node.put("state", status.serving().isPresent() ? "serving" : "failed");
    status.serving().ifPresent(bundle -> version(node, bundle));
    node.put("loads", status.loads());
    lastError(node, status);
    return node;
  }

  private static ObjectNode function(LoadedFunction function, BundleStatus status) {
    FunctionDescriptor descriptor = function.descriptor();
    ObjectNode node = JSON.objectNode();
    node.put("name", function.name());
    node.put("path", "/functions/" + function.name());
    node.put("state", "serving");
    version(node, function.bundle());
    node.put("bundle", status.location().path().toString());
    node.set("input", payload(descriptor.input()));
    node.set("output", payload(descriptor.output()));
    node.put("methods", function.contract().allow());
    ArrayNode consumes = node.putArray("consumes");
    function.contract().consumes().forEach(type -> consumes.add(type.toString()));
    node.put("produces", function.contract().produces());
    node.put("execution", descriptor.execution().name().toLowerCase(java.util.Locale.ROOT));
    node.put("timeoutMillis", function.timeoutNanos() / 1_000_000);
    if (function.maxBodyBytes() == FunctionDescriptor.UNLIMITED) {
      node.put("maxBodyBytes", "unlimited");
    } else {
      node.put("maxBodyBytes", function.maxBodyBytes());
    }
    node.put("criticality", descriptor.criticality().headerValue());
    lastError(node, status);
    return node;
  }

  private static ObjectNode payload(Payload payload) {
    ObjectNode node = JSON.objectNode();
    node.put("kind", payload.kind().name().toLowerCase(java.util.Locale.ROOT));
    node.put("type", payload.type().getTypeName());
    return node;
  }

  private static void version(ObjectNode node, LoadedBundle bundle) {
    node.put("version", bundle.version().name());
    node.put("digest", bundle.version().digest());
    node.put("since", bundle.loadedAt().toString());
  }

  private static void lastError(ObjectNode node, BundleStatus status) {
    status
        .failure()
        .ifPresent(
            failure ->
                node.putObject("lastError")
                    .put("problem", failure.problem().label())
                    .put("message", failure.message())
                    .put("at", failure.at().toString()));
  }
}
