package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.Rejection;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The answers to requests that are not admitted. Their bytes are made once, but for the request's
 * id: refusing has to stay cheap when there is most of it.
 */
final class Overload {
  private static final Map<Rejection.Reason, Overload> OF = new EnumMap<>(Rejection.Reason.class);
  private static final int MOST_SECONDS = 60;

  /** Why there is no memory for a request. */
  static final String NO_MEMORY =
      "The bodies in flight, or what the functions keep, leave no memory for this request; try"
          + " again later.";

  /** By seconds. */
  private static final List<Map<String, List<String>>> RETRY_AFTER =
      IntStream.rangeClosed(0, MOST_SECONDS)
          .mapToObj(seconds -> Map.of("Retry-After", List.of(String.valueOf(seconds))))
          .toList();

  static {
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      OF.put(reason, of(reason));
    }
  }

  private final Reason reason;
  private final Problems.Template template;

  private Overload(Reason reason, String detail) {
    this.reason = reason;
    this.template = Problems.template(Refusal.of(reason, detail));
  }

  @SuppressWarnings("NullAway") // every reason is there
  static Overload answerTo(Rejection.Reason reason) {
    return OF.get(reason);
  }

  /** As what it counts. */
  Reason reason() {
    return reason;
  }

  Answer.Complete answer(Duration retryAfter, String requestId) {
    Buffer body = template.body(requestId);
    return new Answer.Complete(
        reason.status(), Problems.MEDIA_TYPE, RETRY_AFTER.get(seconds(retryAfter)), body);
  }

  /**
   * Whole seconds, as RFC 9110 wants them, 1 or more. A part of a second is rounded up as often as
   * it is long, so that clients which were told the same stay spread.
   */
  private static int seconds(Duration retryAfter) {
    double exact = retryAfter.toMillis() / 1e3;
    double spread = Math.floor(exact + ThreadLocalRandom.current().nextDouble());
    return (int) Math.clamp(spread, 1, MOST_SECONDS);
  }

  private static Overload of(Rejection.Reason reason) {
    return switch (reason) {
      case QUEUE_FULL ->
          new Overload(
              Reason.OVERLOADED,
              "As many requests run and wait as can be done in time; try again later.");
      case DISPLACED ->
          new Overload(
              Reason.OVERLOADED,
              "The request waited, and gave its place to one that matters more or is newer; try"
                  + " again later.");
      case DEADLINE ->
          new Overload(
              Reason.OVERLOADED,
              "The request could not be done by its deadline any more, with what runs and waits;"
                  + " try again later.");
      case TENANT_SHARE ->
          new Overload(
              Reason.TENANT_OVER_SHARE,
              "The tenant has more than its share while others wait; try again later.");
      case RETRY_BUDGET ->
          new Overload(
              Reason.RETRY_BUDGET,
              "The host sheds load, and retries have their share already; try again later.");
      case MEMORY -> new Overload(Reason.MEMORY, NO_MEMORY);
      case DRAINING -> new Overload(Reason.DRAINING, "The host is stopping; try another instance.");
    };
  }
}
