package dev.snowshed.runtime.agent;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.runtime.admission.Door;
import dev.snowshed.runtime.admission.Doors;
import java.util.Optional;

/**
 * What HAProxy's agent-check is told, as one line:
 *
 * <pre>
 * up ready 83% maxconn:14         in rotation, with a weight and the most connections
 * down #3 threads stuck for 21 s  not in rotation: what waits in the balancer goes elsewhere
 * drain                           leaving: what runs may end, nothing new comes
 * </pre>
 *
 * <p>{@code maxconn} is above the limit by a quarter, and by at least {@value #LEAST_ABOVE}: a
 * limit is learnt only while requests wait in the host. It is divided among the balancers, for each
 * counts its own connections, and rounded up.
 *
 * <p>Safe for concurrent use; takes no lock.
 */
public final class AgentAnswer {
  private static final int LEAST_ABOVE = 2;
  private static final int SHARE_ABOVE = 4;
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int PERCENT = 100;

  private final Lifecycle lifecycle;
  private final AdmissionController controller;
  private final Doors doors;
  private final int balancers;

  /**
   * Answers for a host.
   *
   * @param lifecycle where it is in its life
   * @param controller its limit
   * @param doors the limits of its functions
   * @param balancers how many balancers send to it; 1 or more
   */
  public AgentAnswer(
      Lifecycle lifecycle, AdmissionController controller, Doors doors, int balancers) {
    this.lifecycle = lifecycle;
    this.controller = controller;
    this.doors = doors;
    this.balancers = balancers;
  }

  /**
   * The line, with its end.
   *
   * @param function the name of a function, whose limit counts; the host's for any other text
   */
  public String line(String function) {
    LifecycleStatus status = lifecycle.status();
    return switch (status.state()) {
      case READY, STRAINED, RECOVERING ->
          "up ready " + percent(status.weight()) + "% maxconn:" + maxConnections(function) + '\n';
      case STARTING, WARMING, EJECTED -> "down" + why(status) + '\n';
      case DRAINING, STOPPED -> "drain\n";
    };
  }

  /** At least 1: a weight of 0 would take the host out of rotation. */
  private static long percent(double weight) {
    return Math.clamp(Math.round(weight * PERCENT), 1, PERCENT);
  }

  private long maxConnections(String function) {
    Optional<FunctionGate> gate = doors.find(function).map(Door::gate);
    return maxConnections(gate.map(FunctionGate::limit).orElseGet(controller::limit), balancers);
  }

  static long maxConnections(int limit, int balancers) {
    long most = (long) limit + Math.max(LEAST_ABOVE, limit / SHARE_ABOVE);
    return Math.min(MOST_CONNECTIONS, Math.ceilDiv(most, balancers));
  }

  private static String why(LifecycleStatus status) {
    return status.causes().isEmpty() ? "" : " #" + onOneLine(status.causes().getFirst().evidence());
  }

  private static String onOneLine(String text) {
    return text.replaceAll("[^ -~]", " ");
  }
}
