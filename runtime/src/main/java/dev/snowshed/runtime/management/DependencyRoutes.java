package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.dependency.Evidence;
import dev.snowshed.runtime.dependency.FunctionGuards;
import dev.snowshed.runtime.dependency.HostDependencies;
import dev.snowshed.runtime.fleet.FleetView;
import dev.snowshed.runtime.loading.MediaType;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The management port's routes about dependencies. They compute on workers, for the event loop has
 * the probes to answer.
 */
@Singleton
public final class DependencyRoutes {
  private static final String PATH = "/snowshed/dependencies";
  private static final int MAX_EVIDENCE_BYTES = 64 << 20;

  private final HostDependencies dependencies;
  private final FleetView fleet;
  private final ChangeGuard guard;

  DependencyRoutes(HostDependencies dependencies, FleetView fleet, ChangeGuard guard) {
    this.dependencies = dependencies;
    this.fleet = fleet;
    this.guard = guard;
  }

  /** A form in which dependencies are shown, the preferred first. */
  private enum Form {
    JSON("application", "json"),
    DOT("text", "vnd.graphviz"),
    MERMAID("text", "vnd.mermaid");

    private final String type;
    private final String subtype;

    Form(String type, String subtype) {
      this.type = type;
      this.subtype = subtype;
    }

    MediaType type() {
      return new MediaType(type, subtype, "", 1);
    }

    /** The most welcome one; empty if none is. */
    static Optional<Form> acceptedBy(@Nullable String accept) {
      if (accept == null) {
        return Optional.of(JSON);
      }
      List<MediaType> ranges = MediaType.parseList(accept);
      return List.of(values()).stream()
          .filter(form -> form.type().acceptedBy(ranges))
          .max(
              Comparator.<Form>comparingDouble(form -> form.type().qualityIn(ranges))
                  .thenComparing(Comparator.reverseOrder()));
    }
  }

  void open(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get(PATH).blockingHandler(this::show, false);
    router.get(PATH + "/evidence").blockingHandler(this::export, false);
    router.post(PATH + "/evidence").handler(guard.guarded(this::take));
  }

  private void show(RoutingContext context) {
    Optional<Form> form = Form.acceptedBy(context.request().getHeader(HttpHeaders.ACCEPT));
    context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (form.isEmpty()) {
      ManagementAnswer.problem(
          context,
          406,
          "not-acceptable",
          "There is "
              + List.of(Form.values()).stream()
                  .map(f -> f.type().toString())
                  .collect(Collectors.joining(", "))
              + ".");
    } else {
      show(context, form.get());
    }
  }

  private void show(RoutingContext context, Form form) {
    List<DependencyView> views = DependencyView.of(dependencies.functions(), System.nanoTime());
    String text =
        switch (form) {
          case JSON -> DependencyListing.of(fleet.ownId(), views).toString();
          case DOT -> new DependencyDrawing(views).dot();
          case MERMAID -> new DependencyDrawing(views).mermaid();
        };
    String type = form == Form.JSON ? form.type().toString() : form.type() + ";charset=utf-8";
    ManagementAnswer.send(context, 200, type, text);
  }

  private void export(RoutingContext context) {
    long nowNanos = System.nanoTime();
    List<Evidence> all =
        dependencies.functions().stream()
            .sorted(Comparator.comparing(FunctionGuards::function))
            .map(each -> each.statistics().evidence(nowNanos))
            .toList();
    ManagementAnswer.json(context, 200, EvidenceWriter.of(all, Instant.now()));
  }

  private void take(RoutingContext context) {
    RequestBody.read(
        context,
        MAX_EVIDENCE_BYTES,
        body -> {
          var _ =
              context
                  .vertx()
                  .executeBlocking(() -> take(context, body), false)
                  .onFailure(context::fail);
        });
  }

  private Void take(RoutingContext context, Buffer body) {
    try {
      List<Evidence> all = EvidenceReader.read(body.getBytes(), Instant.now());
      ManagementAnswer.json(context, 200, merge(all));
    } catch (BadEvidence e) {
      ManagementAnswer.problem(
          context, 400, "bad-evidence", e.getMessage() + ". Nothing was taken in.");
    }
    return null;
  }

  private ObjectNode merge(List<Evidence> all) {
    Map<String, FunctionGuards> here =
        dependencies.functions().stream()
            .collect(Collectors.toMap(FunctionGuards::function, Function.identity()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode merged = answer.putArray("merged");
    ArrayNode unknown = answer.putArray("notOnThisHost");
    for (Evidence evidence : all) {
      FunctionGuards function = here.get(evidence.function());
      if (function != null) {
        function.statistics().merge(evidence, System.nanoTime());
      }
      (function == null ? unknown : merged).add(evidence.function());
    }
    return answer;
  }
}
