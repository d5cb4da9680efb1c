package dev.snowshed.core.traffic;

import dev.snowshed.core.admission.Criticality;
import java.util.Map;

/**
 * What is asked of a function, refused requests included and known retries left out. Immutable.
 *
 * @param offeredPerSecond first tries per second
 * @param offeredConcurrency how many of them would be in flight were none refused: the rate times
 *     the mean time in flight (Little's law); 0 while nothing has ended
 * @param refusedPerSecond how many tries are refused per second, retries among them
 * @param retriesPerSecond tries per second that say that they are retries
 * @param byCriticality all tries per second, for every criticality
 * @param concurrencyByCriticality how many of these would be in flight were none refused
 */
public record Demand(
    double offeredPerSecond,
    double offeredConcurrency,
    double refusedPerSecond,
    double retriesPerSecond,
    Map<Criticality, Double> byCriticality,
    Map<Criticality, Double> concurrencyByCriticality) {

  /** Copies the maps. */
  public Demand {
    byCriticality = Map.copyOf(byCriticality);
    concurrencyByCriticality = Map.copyOf(concurrencyByCriticality);
  }
}
