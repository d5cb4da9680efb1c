package dev.snowshed.simulation.fleet;

/**
 * What came out of one run. The arrays are not copied; nobody changes them.
 *
 * @param served requests answered in time, in each second
 * @param wanted those that clients had, in each second, but for those that need what fails
 * @param possible those that could have been, in each second: what was asked for, or what the hosts
 *     that were left could compute, whichever is less
 * @param smallestReadyShare of the hosts, as the balancer knew them
 * @param smallestAliveShare of the hosts that served
 * @param requests of clients in the scored part
 * @param attempts at them
 * @param lost those of them that heard nothing, or found their connection refused or cut
 * @param homeless those for which the balancer had no host
 * @param refused those that a host refused
 */
@SuppressWarnings("ArrayRecordComponent")
public record FleetOutcome(
    double[] served,
    double[] wanted,
    double[] possible,
    double smallestReadyShare,
    double smallestAliveShare,
    long requests,
    long attempts,
    long lost,
    long homeless,
    long refused) {

  /** Requests answered in time in the seconds from one on, and before another. */
  public double served(int from, int until) {
    return sum(served, from, until);
  }

  /** Requests that clients had in the seconds from one on, and before another. */
  public double wanted(int from, int until) {
    return sum(wanted, from, until);
  }

  double possible(int from, int until) {
    return sum(possible, from, until);
  }

  private static double sum(double[] bins, int from, int until) {
    double sum = 0;
    for (int bin = from; bin < Math.min(until, bins.length); bin++) {
      sum += bins[bin];
    }
    return sum;
  }
}
