package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.EdgeSnapshot;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.function.Cancellation;
import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Deadline;
import dev.snowshed.function.Dependency;
import dev.snowshed.function.TraceContext;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.dependency.spans.ClientSpans;
import dev.snowshed.runtime.dependency.spans.SpanOwner;
import dev.snowshed.runtime.dependency.spans.SpanRoot;
import dev.snowshed.runtime.logging.CurrentCall;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A call of a function named {@code shop}, whose dependencies are those of a host. */
final class FakeCall implements Context, Cancellation, CurrentCall.Scope, SpanOwner {
  static final Duration TIMEOUT = Duration.ofMinutes(1);

  static {
    ClientSpans.watch();
  }

  final FunctionGuards guards;
  private final Deadline deadline;
  private final List<Runnable> onCancel = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;
  final CallDependencies dependencies;
  final SpanRoot spanRoot = SpanRoot.of(this);
  boolean over;

  private FakeCall(FunctionGuards guards, Duration remaining, @Nullable Injections injections) {
    this.guards = guards;
    this.deadline = Deadline.at(System.nanoTime() + remaining.toNanos(), System::nanoTime);
    this.dependencies =
        new CallDependencies(
            guards,
            TIMEOUT.toNanos(),
            ClassLoader.getSystemClassLoader(),
            this,
            HttpClient.newHttpClient(),
            injections);
  }

  /** The function's dependencies, declared as given. */
  static FunctionGuards guards(DependencyDescriptor... declared) {
    return new FunctionGuards(
        "digest",
        new FunctionDependencies("shop", new DependencySettings("test", TIMEOUT)),
        new Protections(Map.of()),
        List.of(declared));
  }

  static FakeCall of(FunctionGuards guards) {
    return new FakeCall(guards, TIMEOUT, null);
  }

  static FakeCall of(DependencyDescriptor.Builder declared) {
    return of(guards(declared.build()));
  }

  static FakeCall with(FunctionGuards guards, Duration remaining) {
    return new FakeCall(guards, remaining, null);
  }

  static FakeCall in(Injections drill, FunctionGuards guards) {
    return new FakeCall(guards, TIMEOUT, drill);
  }

  /** What is known of a dependency. */
  EdgeSnapshot seen(String dependency) {
    return guards.statistics().snapshot(System.nanoTime()).edges().stream()
        .filter(edge -> edge.dependency().equals(dependency))
        .findFirst()
        .orElseThrow();
  }

  void cancel() {
    cancelled = true;
    onCancel.forEach(Runnable::run);
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    onCancel.add(action);
  }

  @Override
  public Dependency dependency(String name) {
    return dependencies.of(name);
  }

  @Override
  public String functionName() {
    return "shop";
  }

  @Override
  public String requestId() {
    return "r1";
  }

  @Override
  public TraceContext trace() {
    return new TraceContext(
        "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "a=1,b=2");
  }

  @Override
  public SpanRoot spanRoot() {
    return spanRoot;
  }

  @Override
  public @Nullable CallDependencies watched() {
    return over ? null : dependencies;
  }

  @Override
  public Deadline deadline() {
    return deadline;
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
  public Map<String, Object> attributes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Configuration configuration() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cancellation cancellation() {
    return this;
  }

  @Override
  public Map<String, String> outboundHeaders() {
    return Map.of(
        TraceContext.HEADER,
        trace().traceparent(),
        "X-Request-Timeout",
        String.valueOf(remaining().toMillis()));
  }
}
