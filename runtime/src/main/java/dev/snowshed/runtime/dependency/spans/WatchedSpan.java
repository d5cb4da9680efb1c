package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.runtime.dependency.ObservedCall;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span that is a call of a dependency, or only a place in the trace. Safe for concurrent use; the
 * first end counts.
 */
final class WatchedSpan implements Span {
  private final SpanContext place;
  private final boolean covered;
  private final long beganNanos = System.nanoTime();
  private final long startEpochNanos;

  /** Guarded by this. */
  private final SpanFacts facts;

  /** Guarded by this: null if it is no call, or has ended. */
  private @Nullable ObservedCall call;

  private final boolean counted;

  /**
   * A span that begins now.
   *
   * @param place in its trace
   * @param facts what is known of it
   * @param covered whether it lies within a call that is counted
   * @param call the call that it is; null if none
   * @param startEpochNanos when it began by the wall clock, if its maker says so; else 0
   */
  WatchedSpan(
      SpanContext place,
      SpanFacts facts,
      boolean covered,
      @Nullable ObservedCall call,
      long startEpochNanos) {
    this.place = place;
    this.facts = facts;
    this.covered = covered;
    this.call = call;
    this.counted = call != null;
    this.startEpochNanos = startEpochNanos;
  }

  /** Whether spans below it lie within a call that is counted. */
  boolean covers() {
    return covered || counted;
  }

  @Override
  public SpanContext getSpanContext() {
    return place;
  }

  @Override
  public synchronized boolean isRecording() {
    return call != null;
  }

  @Override
  public synchronized <T> Span setAttribute(AttributeKey<T> key, T value) {
    if (call != null) {
      facts.put(key.getKey(), value);
    }
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return this;
  }

  @Override
  public synchronized Span setStatus(StatusCode status, String description) {
    facts.status(status);
    return this;
  }

  @Override
  public synchronized Span recordException(Throwable exception, Attributes attributes) {
    facts.thrown(exception);
    return this;
  }

  @Override
  public synchronized Span updateName(String name) {
    facts.name(name);
    return this;
  }

  @Override
  public void end() {
    end(0);
  }

  @Override
  public void end(long timestamp, TimeUnit unit) {
    end(unit.toNanos(timestamp));
  }

  private synchronized void end(long endEpochNanos) {
    ObservedCall ending = call;
    call = null;
    if (ending != null) {
      ending.ended(SpanNames.of(facts), facts.outcome(), latencyNanos(endEpochNanos));
    }
  }

  /** Its maker may know better when it began and ended, by the wall clock. */
  private long latencyNanos(long endEpochNanos) {
    if (startEpochNanos == 0 && endEpochNanos == 0) {
      return System.nanoTime() - beganNanos;
    }
    Instant now = Instant.now();
    long nowNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    long end = endEpochNanos == 0 ? nowNanos : endEpochNanos;
    long start =
        startEpochNanos == 0 ? nowNanos - (System.nanoTime() - beganNanos) : startEpochNanos;
    return Math.max(0, end - start);
  }
}
