package dev.snowshed.benchmarks.overload.function;

import dev.snowshed.function.Execution;
import dev.snowshed.function.Function;
import java.io.IOException;

/** {@link Work} as Snowshed functions. */
public final class OverloadFunctions {
  private final Work work = new Work();

  /** Next to nothing. */
  @Function(name = "bench-plain", timeout = "500ms")
  public Receipt plain(Order order) {
    return work.plain(order);
  }

  /** Bound by the processor. */
  @Function(name = "bench-cpu", timeout = "500ms")
  public Receipt cpu(Order order) {
    return work.cpu(order);
  }

  /** Bound by what calls of services cost. */
  @Function(name = "bench-io", timeout = "500ms")
  public Receipt io(Order order) throws IOException, InterruptedException {
    return work.io(order);
  }

  /** Bound by a pool of its own. */
  @Function(name = "bench-pool", timeout = "500ms")
  public Receipt pool(Order order) throws IOException, InterruptedException {
    return work.pool(order);
  }

  /** Bound by a pool, for a host that has many beside it. */
  @Function(name = "bench-member", timeout = "1s")
  public Receipt member(Order order) throws InterruptedException {
    return work.member(order);
  }

  /** Holds the event loop that read the request. */
  @Function(name = "bench-wedge", timeout = "500ms", execution = Execution.EVENT_LOOP)
  public Receipt wedge(Order order) {
    return work.wedge(order);
  }
}
