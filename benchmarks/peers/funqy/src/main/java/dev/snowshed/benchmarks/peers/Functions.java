package dev.snowshed.benchmarks.peers;

import io.quarkus.funqy.Funq;

/** The function for Funqy HTTP. */
public class Functions {

  /** Adds up an order. Runs on the worker pool, as Funqy does unless a function returns a Uni. */
  @Funq("bench")
  public Receipt order(Order order) {
    return order.receipt();
  }
}
