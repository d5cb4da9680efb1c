package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.dependency.HostDependencies;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.metrics.HostMeters;
import dev.snowshed.runtime.signals.LoopDelays;
import io.netty.util.HashedWheelTimer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers the function port: finds the function, checks the head, asks for admission, and only then
 * takes the body. Safe for concurrent use; runs on event loops and never blocks.
 */
public final class FunctionEndpoint implements AutoCloseable {
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** The path below which functions are served. */
  public static final String PREFIX = "/functions/";

  private static final int TICK_MILLIS = 5;

  private final FunctionRegistry registry;
  private final Doors doors;
  private final HostMeters meters;
  private final String tenantHeader;
  private final LoadReport load;
  private final boolean reportsLoad;
  private final Workers workers;
  private final Traffic traffic = new Traffic();
  private final StuckCalls stuck = new StuckCalls();
  private final HashedWheelTimer timer =
      new HashedWheelTimer(
          Thread.ofPlatform().name("snowshed-deadlines").daemon().factory(),
          TICK_MILLIS,
          TimeUnit.MILLISECONDS);
  private final CallServices services;

  /**
   * An endpoint.
   *
   * @param registry the functions it serves
   * @param doors admit their calls
   * @param controller knows the host's load
   * @param life where the host is in its life
   * @param dependencies what they call
   * @param loops has the port's event loops probed
   * @param meters counts what reaches no function
   * @param config the function port's settings
   */
  public FunctionEndpoint(
      FunctionRegistry registry,
      Doors doors,
      AdmissionController controller,
      Supplier<LifecycleStatus> life,
      HostDependencies dependencies,
      LoopDelays loops,
      HostMeters meters,
      HostConfig.Http config) {
    this.registry = registry;
    this.doors = doors;
    this.workers = new Workers(loops);
    this.load = new LoadReport(controller, life);
    this.reportsLoad = config.loadReport();
    this.meters = meters;
    this.tenantHeader = config.tenantHeader();
    this.services =
        new CallServices(
            workers, timer, load, traffic, stuck, dependencies, config.stuckAfter().toNanos());
  }

  /**
   * Answers one request. On the request's event loop.
   *
   * @return false if it asks for the front page, which this does not answer
   */
  public boolean handle(HttpServerRequest request) {
    long arrivedNanos = System.nanoTime();
    String path = request.path();
    if (path.equals("/") && registry.only().isEmpty()) {
      return false;
    }
    LoopQueue loop = workers.loopQueue(Vertx.currentContext());
    String requestId = RequestIds.acceptOrMake(request.getHeader(RequestIds.HEADER));
    Exchange exchange = new Exchange(request, loop, requestId, load);
    try {
      route(exchange, target(path), arrivedNanos);
    } catch (Refusal refusal) {
      meters.unrouted(refusal.reason().label());
      refuse(exchange, refusal);
    }
    return true;
  }

  /** Lets time pass, for what answers tell of the load: to be called every few milliseconds. */
  public void tick(long nowNanos) {
    load.tick(nowNanos);
  }

  /** What becomes of the requests. */
  public Traffic traffic() {
    return traffic;
  }

  /** The calls that do not end. */
  public StuckCalls stuckCalls() {
    return stuck;
  }

  private void route(Exchange exchange, Target target, long arrivedNanos) throws Refusal {
    LoadedFunction function = registry.acquire(target.name());
    if (function == null) {
      throw Refusal.of(
          Reason.NO_SUCH_FUNCTION, "There is no function '" + target.name() + "' on this host.");
    }
    if (reportsLoad) {
      exchange.reportLoad();
    }
    boolean called = false;
    try {
      called = call(exchange, function, target.pathBelow(), arrivedNanos);
    } catch (Refusal refusal) {
      doors
          .of(function.name())
          .meters()
          .answered(refusal.reason().label(), System.nanoTime() - arrivedNanos);
      refuse(exchange, refusal);
    } finally {
      if (!called) {
        function.bundle().release();
      }
    }
  }

  /**
   * Which function a path leads to.
   *
   * @param name the function's name
   * @param pathBelow the rest of the path: empty, or starting with a slash
   */
  private record Target(String name, String pathBelow) {}

  private Target target(String path) throws Refusal {
    if (path.startsWith(PREFIX)) {
      int slash = path.indexOf('/', PREFIX.length());
      return slash < 0
          ? new Target(path.substring(PREFIX.length()), "")
          : new Target(path.substring(PREFIX.length(), slash), path.substring(slash));
    }
    Optional<String> only = registry.only();
    if (only.isEmpty()) {
      throw Refusal.of(
          Reason.NOT_FOUND,
          "Functions are at "
              + PREFIX
              + "{name}; other paths lead to a function only while it is the only one.");
    }
    return new Target(only.get(), path.equals("/") ? "" : path);
  }

  private boolean call(
      Exchange exchange, LoadedFunction function, String pathBelow, long arrivedNanos)
      throws Refusal {
    HttpServerRequest request = exchange.request();
    MultiMap headers = request.headers();
    if (HttpMethod.OPTIONS.equals(request.method()) && !takesOptions(function)) {
      options(exchange, function);
      return false;
    }
    Negotiation.checkMethod(function, request.method().name());
    Negotiation.checkContentType(function, headers);
    Negotiation.checkAccept(function, headers);
    CallHead head =
        new CallHead(
            function, headers, pathBelow, heldBytes(function, request), arrivedNanos, tenantHeader);
    new Call(services, exchange, function, doors.of(function.name()), head).ask();
    return true;
  }

  /**
   * How many bytes of its body a call is known to hold at most: a stream only what is in its
   * window.
   */
  private static long heldBytes(LoadedFunction function, HttpServerRequest request) throws Refusal {
    long length = checkedLength(function, request.headers());
    if (!Call.streams(function)) {
      return length;
    }
    return isUnannounced(request) ? BodyStream.MOST_HELD : Math.min(length, BodyStream.MOST_HELD);
  }

  /** Whether a body may come of which nobody says how long it is. */
  private static boolean isUnannounced(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      return false;
    }
    return request.version() == HttpVersion.HTTP_2
        ? WITH_BODY.contains(request.method())
        : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** The announced length of the body; 0 if there is none or it is not announced. */
  private static long checkedLength(LoadedFunction function, MultiMap headers) throws Refusal {
    String announced = headers.get(HttpHeaders.CONTENT_LENGTH);
    long length = announced == null ? 0 : Long.parseLong(announced);
    if (length > function.maxBodyBytes()) {
      throw Refusal.of(
          Reason.BODY_TOO_LARGE,
          "Function '"
              + function.name()
              + "' takes a body of at most "
              + function.maxBodyBytes()
              + " bytes, and "
              + length
              + " were announced. Its limit is set by @Function(maxBodySize) or snowshed.function."
              + function.name()
              + ".max-body-size.");
    }
    return length;
  }

  private static boolean takesOptions(LoadedFunction function) {
    return function.contract().methods().contains("OPTIONS");
  }

  private static void options(Exchange exchange, LoadedFunction function) {
    if (exchange.claim()) {
      exchange.send(
          new Answer.Complete(
              204, "", Map.of("Allow", List.of(function.contract().allow())), Buffer.buffer()));
    }
  }

  private static void refuse(Exchange exchange, Refusal refusal) {
    if (exchange.claim()) {
      exchange.send(Problems.answer(refusal, exchange.requestId()));
    }
  }

  /** Stops the threads. */
  @Override
  public void close() {
    timer.stop();
    workers.close();
  }
}
