package dev.snowshed.benchmarks.function;

import dev.snowshed.function.Execution;
import dev.snowshed.function.Function;

/** Adds up an order. */
public final class Bench {

  /** On a virtual thread, as nearly every function runs. */
  @Function(name = "bench")
  public Receipt order(Order order) {
    return order.receipt();
  }

  /** On the event loop. */
  @Function(name = "bench-nonblocking", execution = Execution.EVENT_LOOP)
  public Receipt orderWithoutBlocking(Order order) {
    return order.receipt();
  }
}
