package dev.snowshed.benchmarks.overload;

import java.io.IOException;

/** Finds the highest goodput of a target by asking for more until there is not more. */
final class CapacitySearch {

  /** A gain below this is noise. */
  private static final double GAIN = 1.03;

  /** Steps without a gain after which it is over. */
  private static final int PATIENCE = 2;

  private static final int FEWEST_CLIENTS = 8;

  /** A rate is carried if this share of it is good. */
  private static final double CARRIED = 0.97;

  private static final double STEP = 1.25;
  private static final int MOST_STEPS = 8;

  private CapacitySearch() {}

  /** Loads the target for a while. */
  @FunctionalInterface
  interface Trial {

    /**
     * Loads.
     *
     * @param load how much: clients, or requests per second
     * @return good answers per second
     */
    double goodput(double load) throws IOException;
  }

  /**
   * Doubles the number of clients that wait for their answers, from 8.
   *
   * @param closed loads with some clients
   * @param mostClients the largest number to try
   * @return the highest goodput seen, per second
   */
  static double closed(Trial closed, int mostClients) throws IOException {
    double best = 0;
    int vain = 0;
    for (int clients = FEWEST_CLIENTS; clients <= mostClients && vain < PATIENCE; clients *= 2) {
      double goodput = closed.goodput(clients);
      vain = goodput > best * GAIN ? 0 : vain + 1;
      best = Math.max(best, goodput);
    }
    return best;
  }

  /**
   * Raises the rate of arrivals that wait for nothing by a quarter, as long as it is carried.
   *
   * @param open loads at a rate
   * @param from requests per second to begin with
   * @return the highest goodput seen, per second, or {@code from} if that is higher
   */
  static double climb(Trial open, double from) throws IOException {
    double best = from;
    double rate = from;
    for (int step = 0; step < MOST_STEPS; step++) {
      double goodput = open.goodput(rate);
      best = Math.max(best, goodput);
      if (goodput < rate * CARRIED) {
        break;
      }
      rate *= STEP;
    }
    return best;
  }
}
