package dev.snowshed.function.test;

import dev.snowshed.function.Cancellation;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Deadline;
import dev.snowshed.function.TraceContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A context for a test. Its time is that of a {@link TestClock}; it is cancelled by {@link #cancel}
 * and when the clock passes its deadline. Unlike the host, it interrupts no thread. Safe for
 * concurrent use.
 */
public final class TestContext implements Context {
  private final String functionName;
  private final String requestId;
  private final TraceContext trace;
  private final TestClock clock;
  private final Deadline deadline;
  private final Criticality criticality;
  private final Optional<String> tenant;
  private final Configuration configuration;
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final TestCancellation cancellation = new TestCancellation();
  private final Map<String, TestDependency> dependencies = new ConcurrentHashMap<>();

  private TestContext(Builder builder) {
    this.functionName = builder.functionName;
    this.requestId = builder.requestId;
    this.trace = builder.trace;
    this.clock = builder.clock;
    this.deadline =
        Deadline.at(builder.clock.getAsLong() + builder.remaining.toNanos(), builder.clock);
    this.criticality = builder.criticality;
    this.tenant = builder.tenant;
    this.configuration = new TestConfiguration(builder.settings, builder.secrets);
  }

  /**
   * Starts a context of a function named {@code test}, with 30 s left on a clock of its own,
   * criticality {@code CRITICAL}, a fixed request id and trace, and nothing else.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A context with the defaults of {@link #builder}. */
  public static TestContext create() {
    return builder().build();
  }

  @Override
  public String functionName() {
    return functionName;
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public TraceContext trace() {
    return trace;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public Criticality criticality() {
    return criticality;
  }

  @Override
  public Optional<String> tenant() {
    return tenant;
  }

  @Override
  public Map<String, Object> attributes() {
    return attributes;
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public TestDependency dependency(String name) {
    return dependencies.computeIfAbsent(name, known -> new TestDependency(known, this));
  }

  @Override
  public Map<String, String> outboundHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TraceContext.HEADER, trace.traceparent());
    if (!trace.state().isEmpty()) {
      headers.put(TraceContext.STATE_HEADER, trace.state());
    }
    headers.put("X-Request-Id", requestId);
    headers.put(Criticality.HEADER, criticality.headerValue());
    headers.put("X-Request-Timeout", Long.toString(remaining().toMillis()));
    return headers;
  }

  /** The clock that the deadline is measured by. */
  public TestClock clock() {
    return clock;
  }

  /**
   * Cancels the call, as if the caller had gone away. Runs each action given to {@link
   * Cancellation#onCancel} once, on the calling thread. Does nothing if the call was cancelled
   * before or has ended.
   *
   * @throws RuntimeException what the first action to fail has thrown, after all of them ran; the
   *     host would log it
   */
  public void cancel() {
    cancellation.cancel();
  }

  /** Ends the call, as the host does once the function has returned: it is not cancelled later. */
  public void end() {
    cancellation.end();
  }

  private void cancelIfExpired() {
    if (deadline.isExpired()) {
      cancel();
    }
  }

  /** Builds a {@link TestContext}. Not safe for concurrent use. */
  public static final class Builder {
    private String functionName = "test";
    private String requestId = "test-request";
    private TraceContext trace =
        new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "");
    private TestClock clock = new TestClock();
    private Duration remaining = Duration.ofSeconds(30);
    private Criticality criticality = Criticality.CRITICAL;
    private Optional<String> tenant = Optional.empty();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets the function's name.
     *
     * @param functionName default {@code test}
     * @return this builder
     */
    public Builder functionName(String functionName) {
      this.functionName = Objects.requireNonNull(functionName, "functionName");
      return this;
    }

    /**
     * Sets the request's id.
     *
     * @param requestId default {@code test-request}
     * @return this builder
     */
    public Builder requestId(String requestId) {
      this.requestId = Objects.requireNonNull(requestId, "requestId");
      return this;
    }

    /**
     * Sets the position in the trace.
     *
     * @param trace default the example of W3C Trace Context, sampled
     * @return this builder
     */
    public Builder trace(TraceContext trace) {
      this.trace = Objects.requireNonNull(trace, "trace");
      return this;
    }

    /**
     * Sets the clock, to share it with what else the test drives.
     *
     * @param clock default a clock of its own
     * @return this builder
     */
    public Builder clock(TestClock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the time left when the context is built.
     *
     * @param remaining zero or negative for a call that is too late and so cancelled from the
     *     start; default 30 s
     * @return this builder
     */
    public Builder remaining(Duration remaining) {
      this.remaining = Objects.requireNonNull(remaining, "remaining");
      return this;
    }

    /**
     * Sets the criticality.
     *
     * @param criticality default {@link Criticality#CRITICAL}
     * @return this builder
     */
    public Builder criticality(Criticality criticality) {
      this.criticality = Objects.requireNonNull(criticality, "criticality");
      return this;
    }

    /**
     * Sets the tenant.
     *
     * @param tenant default none
     * @return this builder
     */
    public Builder tenant(String tenant) {
      this.tenant = Optional.of(tenant);
      return this;
    }

    /**
     * Adds a setting, or replaces that of the same key.
     *
     * @param key the key
     * @param value the value
     * @return this builder
     */
    public Builder setting(String key, String value) {
      settings.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
      return this;
    }

    /**
     * Adds a secret, or replaces that of the same key.
     *
     * @param key the key
     * @param value the value
     * @return this builder
     */
    public Builder secret(String key, String value) {
      secrets.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
      return this;
    }

    /** Ends the building. */
    public TestContext build() {
      TestContext context = new TestContext(this);
      clock.onAdvance(context::cancelIfExpired);
      context.cancelIfExpired();
      return context;
    }
  }
}
