package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.function.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of one call of a function begin under, as long as the function has made nothing
 * else current: the call, and its place in its trace. Immutable.
 */
public final class SpanRoot {
  private static final ContextKey<SpanOwner> OWNER = ContextKey.named("snowshed-call");

  private final Context context;

  private SpanRoot(Context context) {
    this.context = context;
  }

  /** That of a call. */
  public static SpanRoot of(SpanOwner owner) {
    TraceContext trace = owner.trace();
    SpanContext place =
        SpanContext.createFromRemoteParent(
            trace.traceId(),
            trace.spanId(),
            trace.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            state(trace.state()));
    return new SpanRoot(Context.root().with(OWNER, owner).with(Span.wrap(place)));
  }

  /** Entries that are none are left out, as the builder does. */
  private static TraceState state(String header) {
    TraceStateBuilder state = TraceState.builder();
    String[] entries = header.split(",", -1);
    for (int i = entries.length - 1; i >= 0; i--) {
      int equals = entries[i].indexOf('=');
      if (equals > 0) {
        // the last one put becomes the first
        state.put(
            entries[i].substring(0, equals).strip(), entries[i].substring(equals + 1).strip());
      }
    }
    return state.build();
  }

  Context context() {
    return context;
  }

  /** The call that a context belongs to; null if there is none. */
  static @Nullable SpanOwner ownerOf(Context context) {
    return context.get(OWNER);
  }
}
