package dev.snowshed.core.lifecycle;

/** Stays in. */
record Alone() implements FleetBudget {
  @Override
  public Answer mayLeave(long nowNanos) {
    return new Unknown("no view of the fleet is configured (snowshed.fleet.view)");
  }

  @Override
  public boolean mustReturn(long nowNanos) {
    return true;
  }

  @Override
  public void released(long nowNanos) {}
}
