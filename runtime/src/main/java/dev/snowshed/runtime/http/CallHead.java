package dev.snowshed.runtime.http;

import dev.snowshed.core.admission.AdmissionRequest;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.function.Criticality;
import dev.snowshed.runtime.dependency.Drills;
import dev.snowshed.runtime.loading.LoadedFunction;
import io.vertx.core.MultiMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request says about its call, and with it the call's question for admission.
 * Immutable but for its {@link #call}, which is set once before anybody is asked.
 */
final class CallHead implements AdmissionRequest {
  private final String pathBelow;
  private final long arrivedNanos;
  private final long deadlineNanos;
  private final Criticality level;
  private final boolean retry;
  private final long bodyBytes;
  private final @Nullable String tenant;
  private final @Nullable String traceparent;
  private final @Nullable String tracestate;
  private final @Nullable String drillMark;

  private @Nullable Call call;

  /**
   * Reads a head.
   *
   * @param pathBelow the path below the function, as sent
   * @param bodyBytes how much of its announced body will be held at once; 0 if it is not known
   * @param arrivedNanos when it had arrived, on {@link System#nanoTime}
   * @param tenantHeader the header that names the tenant
   * @throws Refusal if a header is malformed
   */
  CallHead(
      LoadedFunction function,
      MultiMap headers,
      String pathBelow,
      long bodyBytes,
      long arrivedNanos,
      String tenantHeader)
      throws Refusal {
    this.pathBelow = pathBelow;
    this.bodyBytes = bodyBytes;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = arrivedNanos + Timeouts.nanos(headers, function.timeoutNanos());
    this.level = level(function, headers.get(Criticality.HEADER));
    this.retry = Attempts.isRetry(headers);
    this.tenant = headers.get(tenantHeader);
    this.traceparent = headers.get("traceparent");
    this.tracestate = headers.get("tracestate");
    this.drillMark = headers.get(Drills.HEADER);
  }

  private static Criticality level(LoadedFunction function, @Nullable String value) throws Refusal {
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

  /** Names the call that the head belongs to. */
  void belongsTo(Call owner) {
    call = owner;
  }

  /** The path below the function, as sent. */
  String pathBelow() {
    return pathBelow;
  }

  /** When the head had arrived, on {@link System#nanoTime}. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** How much the call matters to its caller, in the words of the SDK. */
  Criticality level() {
    return level;
  }

  @Override
  public dev.snowshed.core.admission.Criticality criticality() {
    return switch (level) {
      case CRITICAL_PLUS -> dev.snowshed.core.admission.Criticality.CRITICAL_PLUS;
      case CRITICAL -> dev.snowshed.core.admission.Criticality.CRITICAL;
      case SHEDDABLE_PLUS -> dev.snowshed.core.admission.Criticality.SHEDDABLE_PLUS;
      case SHEDDABLE -> dev.snowshed.core.admission.Criticality.SHEDDABLE;
    };
  }

  @Override
  public String tenant() {
    return tenant == null ? "" : tenant;
  }

  /** On whose behalf; null if the header was not sent. */
  @Nullable String tenantOrNull() {
    return tenant;
  }

  @Override
  public boolean isRetry() {
    return retry;
  }

  @Override
  public long bodyBytes() {
    return bodyBytes;
  }

  /** The caller's place in its trace; null if the header was not sent. */
  @Nullable String traceparent() {
    return traceparent;
  }

  /** The vendors' state of the trace; null if the header was not sent. */
  @Nullable String tracestate() {
    return tracestate;
  }

  /** The mark of a drill; null if the header was not sent. */
  @Nullable String drillMark() {
    return drillMark;
  }

  @Override
  public void admitted(Permit permit) {
    Objects.requireNonNull(call).admitted(permit);
  }

  @Override
  public void rejected(Rejection rejection) {
    Objects.requireNonNull(call).rejected(rejection);
  }
}
