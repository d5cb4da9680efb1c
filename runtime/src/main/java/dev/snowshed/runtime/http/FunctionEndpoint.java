package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.Admission;
import dev.snowshed.core.admission.ConcurrencyBound;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadedFunction;
import dev.snowshed.runtime.metrics.HostMeters;
import io.netty.util.HashedWheelTimer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Answers the function port: finds the function, checks the head, asks for admission, and only then
 * takes the body. Safe for concurrent use; runs on event loops and never blocks.
 */
public final class FunctionEndpoint implements AutoCloseable {
  /** The path below which functions are served. */
  public static final String PREFIX = "/functions/";

  private static final int TICK_MILLIS = 5;

  private final FunctionRegistry registry;
  private final ConcurrencyBound gate;
  private final HostMeters meters;
  private final String tenantHeader;
  private final Workers workers = new Workers();
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
   * @param gate admits their calls
   * @param meters counts them
   * @param config the function port's settings
   */
  public FunctionEndpoint(
      FunctionRegistry registry, ConcurrencyBound gate, HostMeters meters, HostConfig.Http config) {
    this.registry = registry;
    this.gate = gate;
    this.meters = meters;
    this.tenantHeader = config.tenantHeader();
    this.services = new CallServices(workers, timer, meters, config.stuckAfter().toNanos());
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
    Exchange exchange = new Exchange(request, loop, requestId);
    try {
      route(exchange, target(path), arrivedNanos);
    } catch (Refusal refusal) {
      meters.unrouted(refusal.reason().label());
      refuse(exchange, refusal);
    }
    return true;
  }

  private void route(Exchange exchange, Target target, long arrivedNanos) throws Refusal {
    LoadedFunction function = registry.acquire(target.name());
    if (function == null) {
      throw Refusal.of(
          Reason.NO_SUCH_FUNCTION, "There is no function '" + target.name() + "' on this host.");
    }
    boolean called = false;
    try {
      called = call(exchange, function, target.pathBelow(), arrivedNanos);
    } catch (Refusal refusal) {
      meters
          .of(function.name())
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
    checkLength(function, headers);
    CallHead head = CallHead.of(function, headers, pathBelow, arrivedNanos, tenantHeader);
    return switch (gate.tryAdmit()) {
      case Admission.Admitted(Permit permit) -> {
        new Call(services, exchange, function, permit, head).receive();
        yield true;
      }
      case Admission.Rejected rejected -> throw refusal(rejected);
    };
  }

  private static Refusal refusal(Admission.Rejected rejected) {
    String seconds = String.valueOf(Math.max(1, rejected.retryAfter().toSeconds()));
    return switch (rejected.reason()) {
      case LIMIT ->
          Refusal.with(
              Reason.OVERLOADED,
              "The host is at its limit of requests in flight; try again later.",
              "Retry-After",
              seconds);
      case DRAINING ->
          Refusal.with(
              Reason.DRAINING,
              "The host is stopping; try another instance.",
              "Retry-After",
              seconds);
    };
  }

  private static void checkLength(LoadedFunction function, MultiMap headers) throws Refusal {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > function.maxBodyBytes()) {
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
