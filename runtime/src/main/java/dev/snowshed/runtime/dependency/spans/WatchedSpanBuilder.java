package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.runtime.dependency.CallDependencies;
import dev.snowshed.runtime.dependency.Covered;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans. One of kind {@code CLIENT} or {@code PRODUCER} is a call of a dependency, unless it
 * lies within another such span, or within a call that goes through the host. Not safe for
 * concurrent use.
 */
final class WatchedSpanBuilder implements SpanBuilder {
  private final SpanFacts facts;
  private SpanKind kind = SpanKind.INTERNAL;
  private @Nullable Context parent;
  private long startEpochNanos;

  WatchedSpanBuilder(String name) {
    this.facts = new SpanFacts(name);
  }

  @Override
  public SpanBuilder setParent(Context context) {
    parent = context;
    return this;
  }

  @Override
  public SpanBuilder setNoParent() {
    parent = Context.root();
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext context) {
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext context, Attributes attributes) {
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, String value) {
    facts.put(key, value);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, long value) {
    facts.put(key, value);
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, double value) {
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, boolean value) {
    facts.put(key, value);
    return this;
  }

  @Override
  public <T> SpanBuilder setAttribute(AttributeKey<T> key, T value) {
    facts.put(key.getKey(), value);
    return this;
  }

  @Override
  public SpanBuilder setSpanKind(SpanKind spanKind) {
    kind = spanKind;
    return this;
  }

  @Override
  public SpanBuilder setStartTimestamp(long timestamp, TimeUnit unit) {
    startEpochNanos = unit.toNanos(timestamp);
    return this;
  }

  @Override
  public Span startSpan() {
    Context context = parent == null ? Context.current() : parent;
    Span above = Span.fromContext(context);
    boolean covered = Covered.covers(context) || (above instanceof WatchedSpan it && it.covers());
    CallDependencies calls = covered || !isCall() ? null : callsIn(context);
    return new WatchedSpan(
        below(above.getSpanContext()),
        facts,
        covered,
        calls == null ? null : calls.observe(),
        startEpochNanos);
  }

  private boolean isCall() {
    return kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER;
  }

  /** What runs on a call's thread is the call's, whatever the parent of its spans. */
  private static @Nullable CallDependencies callsIn(Context context) {
    SpanOwner owner = SpanRoot.ownerOf(context);
    SpanOwner known = owner == null ? CallContexts.ownerOfThread() : owner;
    return known == null ? null : known.watched();
  }

  /** Nothing is exported: whether a span is sampled is for those that are called to go on with. */
  private static SpanContext below(SpanContext above) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String id = SpanId.fromLong(random.nextLong() | 1);
    return above.isValid()
        ? SpanContext.create(above.getTraceId(), id, above.getTraceFlags(), above.getTraceState())
        : SpanContext.create(
            TraceId.fromLongs(random.nextLong() | 1, random.nextLong()),
            id,
            TraceFlags.getDefault(),
            TraceState.getDefault());
  }
}
