package dev.snowshed.samples.checks;

import dev.snowshed.function.Cancellation;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Deadline;
import dev.snowshed.function.TraceContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The context of a call that nobody cancels. */
record TestContext(
    String functionName,
    Deadline deadline,
    Configuration configuration,
    Map<String, Object> attributes)
    implements Context {

  /** A call with these settings that must be done in the given time. */
  static TestContext of(String functionName, Duration remaining, Map<String, String> settings) {
    long end = System.nanoTime() + remaining.toNanos();
    return new TestContext(
        functionName,
        Deadline.at(end, System::nanoTime),
        new Settings(settings),
        new ConcurrentHashMap<>());
  }

  private record Settings(Map<String, String> values) implements Configuration {
    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Optional<String> secret(String key) {
      return Optional.empty();
    }
  }

  @Override
  public String requestId() {
    return "request-1";
  }

  @Override
  public TraceContext trace() {
    return new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true, "");
  }

  @Override
  public Criticality criticality() {
    return Criticality.CRITICAL;
  }

  @Override
  public Optional<String> tenant() {
    return Optional.empty();
  }

  @Override
  public Cancellation cancellation() {
    return new Cancellation() {
      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public void onCancel(Runnable action) {}
    };
  }

  @Override
  public Map<String, String> outboundHeaders() {
    return Map.of(
        TraceContext.HEADER,
        trace().traceparent(),
        "X-Request-Timeout",
        Long.toString(remaining().toMillis()));
  }
}
