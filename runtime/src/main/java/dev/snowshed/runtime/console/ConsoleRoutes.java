package dev.snowshed.runtime.console;

import dev.snowshed.runtime.management.ManagementAnswer;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * The console's routes on the management port. Its URLs are relative to each other, so that it
 * works below a proxy's prefix too.
 */
@Singleton
public final class ConsoleRoutes {
  private static final String ROOT = "/snowshed/console";

  /** Nothing from elsewhere, nothing inline, in no frame, and no text that becomes code. */
  private static final Map<String, String> SAFETY =
      Map.of(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "x-content-type-options",
          "nosniff",
          "referrer-policy",
          "no-referrer",
          "cross-origin-opener-policy",
          "same-origin",
          "cross-origin-resource-policy",
          "same-origin");

  /** Read when somebody first looks, for most hosts start without. */
  private static final class Loaded {
    private static final Console CONSOLE = Console.load();
  }

  void open(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get(ROOT).handler(ConsoleRoutes::toFirstPage);
    router.get(ROOT + "/:name").handler(ConsoleRoutes::serve);
  }

  private static void toFirstPage(RoutingContext context) {
    String first = Page.FIRST.path();
    boolean inside = context.request().path().endsWith("/");
    context
        .response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, inside ? first : "console/" + first)
        .end();
  }

  private static void serve(RoutingContext context) {
    String name = context.pathParam("name");
    Optional<Asset> asset = Loaded.CONSOLE.find(name);
    if (asset.isEmpty()) {
      ManagementAnswer.problem(
          context, 404, "no-such-page", "The console has no page '" + name + "'.");
    } else {
      serve(context, asset.get());
    }
  }

  private static void serve(RoutingContext context, Asset asset) {
    HttpServerResponse response = context.response();
    SAFETY.forEach(response::putHeader);
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.ETAG, asset.tag());
    if (asset.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType()).end(asset.body());
    }
  }
}
