package dev.snowshed.simulation.fleet;

/**
 * Not ready while as many requests of a function are in flight as its fixed limit allows: what
 * OpenFaaS' of-watchdog does, whose {@code /_/ready} answers 429 while {@code max_inflight} is
 * reached, and the {@code /readyz} of systemprompt-api ({@code load_shed.rs}) with its {@code
 * max_in_flight}.
 *
 * @param process what it keeps
 * @param limit of each function
 */
record FullReadiness(HostProcess process, int limit) implements Keeper {
  @Override
  public boolean isReady(long nowNanos) {
    return process.mostInflight() < limit;
  }
}
