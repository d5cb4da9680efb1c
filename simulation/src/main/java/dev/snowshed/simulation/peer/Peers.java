package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.GateFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * The peers by name. Each has the settings of its own builder or documentation. Where a default
 * upper bound of 200 could hurt, there is a variant without; where a default lower bound or number
 * of samples is more than a small host has, one with less. No other peer's documentation ties a
 * setting to the size of what it protects, but Sentinel's, whose rule counts the cores.
 */
public final class Peers {
  private static final int UNCAPPED = 100_000;

  /** Few enough for a host that answers some tens of requests per second. */
  private static final int SPARSE_SAMPLES = 20;

  private static final SequencedMap<String, GateFactory> ALL =
      Collections.unmodifiableSequencedMap(create());

  private Peers() {}

  /** All of them, unmodifiable; the names are stable. */
  public static SequencedMap<String, GateFactory> all() {
    return ALL;
  }

  private static SequencedMap<String, GateFactory> create() {
    SequencedMap<String, GateFactory> all = new LinkedHashMap<>();
    addLibraries(all);
    addPorts(all);
    return all;
  }

  private static void addLibraries(SequencedMap<String, GateFactory> all) {
    all.put("vegas", (scenario, host, seed) -> NetflixGate.vegas(seed));
    all.put("gradient2", (scenario, host, seed) -> NetflixGate.gradient2());
    all.put("gradient2-uncapped", (scenario, host, seed) -> NetflixGate.gradient2Uncapped());
    all.put("gradient2-unfloored", (scenario, host, seed) -> NetflixGate.gradient2Unfloored());
    all.put("aimd", (scenario, host, seed) -> NetflixGate.aimd());
    all.put("aimd-uncapped", (scenario, host, seed) -> NetflixGate.aimdUncapped());
    all.put("aimd-unfloored", (scenario, host, seed) -> NetflixGate.aimdUnfloored());
    all.put("quarkus", (scenario, host, seed) -> new QuarkusGate(host, seed));
  }

  private static void addPorts(SequencedMap<String, GateFactory> all) {
    all.put("envoy", envoy(EnvoyGradient.Settings.PINNED));
    all.put("envoy-unpinned", envoy(EnvoyGradient.Settings.UNPINNED));
    all.put("kratos-bbr", (scenario, host, seed) -> new KratosBbr(host));
    all.put("sentinel", sentinel(SentinelGate.Trigger.LOAD));
    all.put("sentinel-cpu", sentinel(SentinelGate.Trigger.CPU));
    all.put("brpc", brpc(BrpcLimit.DEFAULT_MIN_SAMPLES));
    all.put("brpc-sparse", brpc(SPARSE_SAMPLES));
    all.put("failsafe-go", failsafe(FailsafeLimit.DEFAULT_MAX));
    all.put("failsafe-go-uncapped", failsafe(UNCAPPED));
    all.put(
        "failsafe-go-queueing",
        (scenario, host, seed) ->
            new QueueingGate(
                new FailsafeLimit(FailsafeLimit.DEFAULT_MAX), host, new SplittableRandom(seed)));
  }

  private static GateFactory envoy(EnvoyGradient.Settings settings) {
    return (scenario, host, seed) ->
        new LimitGate(new EnvoyGradient(settings, new SplittableRandom(seed)));
  }

  private static GateFactory sentinel(SentinelGate.Trigger trigger) {
    return (scenario, host, seed) -> new SentinelGate(trigger, host);
  }

  private static GateFactory brpc(int minSamples) {
    return (scenario, host, seed) ->
        new LimitGate(new BrpcLimit(minSamples, new SplittableRandom(seed)));
  }

  private static GateFactory failsafe(int maxLimit) {
    return (scenario, host, seed) -> new LimitGate(new FailsafeLimit(maxLimit));
  }
}
