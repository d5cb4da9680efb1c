package dev.snowshed.simulation.fleet;

/**
 * What came out of one run. The arrays are not copied; nobody changes them.
 *
 * @param served requests answered in time, in each second
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
record FleetOutcome(
    double[] served,
    double[] possible,
    double smallestReadyShare,
    double smallestAliveShare,
    long requests,
    long attempts,
    long lost,
    long homeless,
    long refused) {

  double served(int from, int until) {
    return sum(served, from, until);
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
