package dev.snowshed.simulation.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Plays fleets on threads of its own. What comes out depends on the scenario, the policy and the
 * seeds alone. Safe for concurrent use.
 */
public final class Fleets implements AutoCloseable {
  /** The base load, as a share of what the fleet can compute. */
  public static final double LOAD = FleetScenarios.LOAD;

  /** Larger fleets are played as many times less. */
  private static final int HOSTS_OF_ALL_SEEDS = 3;

  private final ExecutorService threads;

  /** Plays so many runs at once. */
  public Fleets(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("fleet-", 1).daemon().factory());
  }

  /** What can befall a fleet. */
  public static List<String> events() {
    return FleetScenarios.all(HOSTS_OF_ALL_SEEDS).stream().map(FleetScenario::name).toList();
  }

  /** How a fleet can be run, in the order of the rows. */
  public static List<String> policies() {
    return List.copyOf(Policies.all().keySet());
  }

  /**
   * Compares policies.
   *
   * @param hosts how many the fleet has, 3 or more
   * @param event one of {@link #events()}
   * @param policies some of {@link #policies()}
   * @param seeds how many runs of each; of more than three hosts as many times fewer
   */
  public List<FleetResult> compare(int hosts, String event, List<String> policies, int seeds) {
    int runs = Math.ceilDiv(seeds * HOSTS_OF_ALL_SEEDS, Math.max(hosts, HOSTS_OF_ALL_SEEDS));
    List<Long> each = LongStream.rangeClosed(1, runs).boxed().toList();
    FleetScenario scenario = FleetScenarios.called(event, hosts);
    List<Pending> pending =
        policies.stream()
            .map(name -> start(scenario, Objects.requireNonNull(Policies.all().get(name)), each))
            .toList();
    return pending.stream().map(Fleets::await).toList();
  }

  /** Plays a scenario once for each seed. */
  FleetResult play(FleetScenario scenario, Policy policy, List<Long> seeds) {
    return await(start(scenario, policy, seeds));
  }

  /** Runs that are under way, one for each seed. */
  private record Pending(
      FleetScenario scenario,
      Policy policy,
      List<Long> seeds,
      List<Future<FleetOutcome>> outcomes) {}

  private Pending start(FleetScenario scenario, Policy policy, List<Long> seeds) {
    List<Future<FleetOutcome>> outcomes = new ArrayList<>();
    for (long seed : seeds) {
      outcomes.add(threads.submit(() -> play(scenario, policy, seed)));
    }
    return new Pending(scenario, policy, seeds, outcomes);
  }

  private static FleetResult await(Pending runs) {
    List<FleetOutcome> outcomes = new ArrayList<>();
    runs.outcomes.forEach(future -> outcomes.add(await(future, runs)));
    return new FleetResult(
        runs.scenario, runs.policy, runs.seeds, FleetScores.of(runs.scenario, outcomes));
  }

  static FleetOutcome play(FleetScenario scenario, Policy policy, long seed) {
    FleetTally tally = new FleetTally(scenario);
    new Fleet(scenario, policy, seed, tally).run();
    return tally.outcome();
  }

  private static FleetOutcome await(Future<FleetOutcome> run, Pending of) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a run of %s in %s failed: %s"
              .formatted(of.policy.name(), of.scenario.name(), e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + of.policy.name(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
