package dev.snowshed.simulation.fleet;

/** A host as its balancer knows it. Not safe for concurrent use. */
final class Backend {
  /** Whether the last checks say that it serves. */
  private boolean healthy = true;

  /** Whether its last report says that it takes traffic. */
  private boolean willing = true;

  /** Whether the orchestrator has taken it off the list. */
  private boolean listed = true;

  private double weight = 1;
  private int underWay;

  /** What smooth weighted round robin owes it. */
  double credit;

  boolean isUp() {
    return healthy && willing && listed;
  }

  void healthy(boolean healthy) {
    this.healthy = healthy;
  }

  void listed(boolean listed) {
    this.listed = listed;
  }

  void reported(Report report) {
    this.willing = report.willing();
    this.weight = report.weight();
  }

  double weight() {
    return weight;
  }

  /** How many attempts that were sent to it have no answer yet. */
  int underWay() {
    return underWay;
  }

  void sent() {
    underWay++;
  }

  void answered() {
    underWay--;
  }
}
