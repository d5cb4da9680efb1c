package dev.snowshed.simulation.fleet;

/**
 * How a balancer finds out which hosts serve.
 *
 * @param periodNanos between two probes of a host
 * @param timeoutNanos after which a probe without an answer has failed
 * @param fall after how many failed ones in a row a host is down
 * @param rise after how many good ones in a row it is up again
 * @param propagationNanos until what was found out has reached the balancer
 */
public record Checks(
    long periodNanos, long timeoutNanos, int fall, int rise, long propagationNanos) {
  private static final long SECOND = 1_000_000_000;

  /**
   * The defaults of Kubernetes: {@code periodSeconds} 10, {@code timeoutSeconds} 1, {@code
   * failureThreshold} 3, {@code successThreshold} 1; and a second until the endpoints have reached
   * the proxies.
   */
  public static final Checks KUBERNETES = new Checks(10 * SECOND, SECOND, 3, 1, SECOND);

  /** What deploy/haproxy sets: {@code inter 1s fall 2 rise 1}; the balancer itself probes. */
  public static final Checks HAPROXY = new Checks(SECOND, SECOND, 2, 1, 0);
}
