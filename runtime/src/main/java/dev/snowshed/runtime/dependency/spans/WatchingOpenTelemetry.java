package dev.snowshed.runtime.dependency.spans;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;

/** What functions find as OpenTelemetry: spans that are watched, and the W3C trace context. */
final class WatchingOpenTelemetry implements OpenTelemetry {
  private final ContextPropagators propagators =
      ContextPropagators.create(W3CTraceContextPropagator.getInstance());

  @Override
  public TracerProvider getTracerProvider() {
    return new Tracers();
  }

  @Override
  public ContextPropagators getPropagators() {
    return propagators;
  }

  private record Tracers() implements TracerProvider {
    private static final Tracer TRACER = new Watching();

    @Override
    public Tracer get(String instrumentation) {
      return TRACER;
    }

    @Override
    public Tracer get(String instrumentation, String version) {
      return TRACER;
    }

    @Override
    public TracerBuilder tracerBuilder(String instrumentation) {
      return new Building();
    }
  }

  /** All instrumentation has the same tracer. */
  private record Building() implements TracerBuilder {
    @Override
    public TracerBuilder setSchemaUrl(String url) {
      return this;
    }

    @Override
    public TracerBuilder setInstrumentationVersion(String version) {
      return this;
    }

    @Override
    public Tracer build() {
      return Tracers.TRACER;
    }
  }

  private record Watching() implements Tracer {
    @Override
    public SpanBuilder spanBuilder(String name) {
      return new WatchedSpanBuilder(name);
    }
  }
}
