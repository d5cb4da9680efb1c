package dev.snowshed.simulation.fleet;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.gate.SnowshedGate;
import dev.snowshed.simulation.oracle.FixedLimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The policies that can be compared, by name, in the order of the rows.
 *
 * <p>All but those without protection have a balancer that tries two other hosts if a connection is
 * refused, as Istio does by default, and a {@code preStop} sleep of five seconds, as is widely
 * recommended; in all but our own the orchestrator takes a host off the list when it tells it to
 * stop.
 */
public final class Policies {
  /** The name of our own. */
  public static final String SNOWSHED = "snowshed";

  private static final long SECOND = 1_000_000_000;
  private static final int FIXED_LIMIT = 16;
  private static final GateFactory LIMITER = SnowshedGate.with(AdmissionSettings.DEFAULTS);

  private Policies() {}

  /** All of them. */
  static SequencedMap<String, Policy> all() {
    SequencedMap<String, Policy> policies = new LinkedHashMap<>();
    for (Policy policy :
        List.of(
            none("none-rr"),
            none("none-lc").balanced(Balancing.LEAST_CONNECTIONS),
            sensible(
                "readiness-busy",
                FixedLimit.none(),
                (process, fellows, seed) -> new BusyReadiness(process)),
            sensible(
                "readiness-full",
                FixedLimit.of(List.of(FIXED_LIMIT, FIXED_LIMIT)),
                (process, fellows, seed) -> new FullReadiness(process, FIXED_LIMIT)),
            sensible("limiter-rr", LIMITER, Keeper.careless()).balanced(Balancing.ROUND_ROBIN),
            sensible("limiter-lc", LIMITER, Keeper.careless()),
            snowshed(SNOWSHED),
            snowshed(SNOWSHED + "-lc").balanced(Balancing.WEIGHTED_LEAST_CONNECTIONS))) {
      policies.put(policy.name(), policy);
    }
    return policies;
  }

  private static Policy none(String name) {
    return new Policy(
        name,
        Balancing.ROUND_ROBIN,
        FixedLimit.none(),
        Keeper.careless(),
        Checks.KUBERNETES,
        0,
        0,
        0,
        false,
        true);
  }

  /** A host with some limit, always ready, behind least connections: the common way. */
  public static Policy sensible(String name, GateFactory gate, Keeper.Factory keeper) {
    return new Policy(
        name,
        Balancing.LEAST_CONNECTIONS,
        gate,
        keeper,
        Checks.KUBERNETES,
        0,
        2,
        5 * SECOND,
        false,
        true);
  }

  /** Our own: host, limit, lifecycle and weights as they are delivered. */
  public static Policy snowshed(String name) {
    return new Policy(
        name,
        Balancing.WEIGHTED,
        LIMITER,
        SelfCare.factory(),
        Checks.HAPROXY,
        SECOND,
        2,
        5 * SECOND,
        true,
        false);
  }
}
