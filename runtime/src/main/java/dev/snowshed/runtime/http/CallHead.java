package dev.snowshed.runtime.http;

import dev.snowshed.function.Criticality;
import dev.snowshed.runtime.loading.LoadedFunction;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request says about its call.
 *
 * @param pathBelow the path below the function, as sent
 * @param arrivedNanos when the head had arrived, on {@link System#nanoTime}
 * @param deadlineNanos by when the call must be done, on the same clock
 * @param criticality how much it matters to its caller
 * @param tenant on whose behalf; null if the header was not sent
 * @param traceparent the caller's place in its trace; null if the header was not sent
 * @param tracestate the vendors' state; null if the header was not sent
 */
record CallHead(
    String pathBelow,
    long arrivedNanos,
    long deadlineNanos,
    Criticality criticality,
    @Nullable String tenant,
    @Nullable String traceparent,
    @Nullable String tracestate) {

  static CallHead of(
      LoadedFunction function,
      MultiMap headers,
      String pathBelow,
      long arrivedNanos,
      String tenantHeader)
      throws Refusal {
    return new CallHead(
        pathBelow,
        arrivedNanos,
        arrivedNanos + Timeouts.nanos(headers, function.timeoutNanos()),
        criticality(function, headers.get(Criticality.HEADER)),
        headers.get(tenantHeader),
        headers.get("traceparent"),
        headers.get("tracestate"));
  }

  private static Criticality criticality(LoadedFunction function, @Nullable String value)
      throws Refusal {
    if (value == null) {
      return function.descriptor().criticality();
    }
    return Criticality.fromHeader(value)
        .orElseThrow(
            () ->
                Refusal.of(
                    Reason.BAD_HEADER,
                    "Header "
                        + Criticality.HEADER
                        + " was '"
                        + value
                        + "'; it has to be critical-plus, critical, sheddable-plus or sheddable."));
  }
}
