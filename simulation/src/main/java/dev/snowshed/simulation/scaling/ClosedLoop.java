package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.engine.Downstream;
import dev.snowshed.simulation.fleet.Fleet;
import dev.snowshed.simulation.fleet.FleetTally;
import dev.snowshed.simulation.fleet.Policy;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of a fleet and the autoscaler that sizes it. The same seed brings the same requests and
 * costs whatever the autoscaler does. Not safe for concurrent use.
 */
final class ClosedLoop {
  private static final long SECOND = 1_000_000_000;

  private final ScalingScenario scenario;
  private final Autoscaler autoscaler;
  private final FleetTally tally;
  private final Fleet fleet;
  private final Pods pods;
  private final SplittableRandom random;
  private final InstanceModels models = new InstanceModels();
  private final int[] paid;
  private final long rulesDelayNanos;
  private int replicas;

  ClosedLoop(ScalingScenario scenario, Contestant contestant, LoadTest test, long seed) {
    this.scenario = scenario;
    this.autoscaler = contestant.autoscaler().create(ScalingScenario.BOUNDS, test);
    this.tally = new FleetTally(scenario.fleet());
    this.random = new SplittableRandom(~seed);
    this.replicas = scenario.initial();
    Policy chosen = contestant.policy().apply(test);
    Policy policy = contestant.modelled() ? chosen.limitedBy(models.gates()) : chosen;
    Slots slots = new Slots();
    this.fleet =
        new Fleet(scenario.fleet(), policy, scenario.initial(), downstream(slots), seed, tally);
    this.pods = new Pods(fleet, ScalingScenario.BOUNDS.most(), scenario.initial(), random.split());
    slots.pods = pods;
    this.rulesDelayNanos =
        autoscaler.rulesNanos() == 0 ? 0 : random.nextLong(autoscaler.rulesNanos());
    this.paid = new int[(int) (scenario.host().durationNanos() / SECOND) + 1];
  }

  /** Who is connected to the dependency: known once the pods are. */
  private static final class Slots {
    private @Nullable Pods pods;

    int used() {
      return pods == null ? 0 : pods.paid();
    }
  }

  private Downstream downstream(Slots slots) {
    return scenario
        .shared()
        .<Downstream>map(load -> new SharedDownstream(load, scenario.initial(), slots::used))
        .orElse(Downstream.WELL);
  }

  /** Plays the whole scenario. */
  ScalingOutcome run() {
    fleet.at(SECOND, this::observe);
    fleet.at(random.nextLong(autoscaler.scrapeNanos()) + 1, this::scrape);
    fleet.at(random.nextLong(autoscaler.syncNanos()) + 1, this::sync);
    fleet.run();
    return ScalingOutcome.of(tally.outcome(), paid, scenario);
  }

  private void observe() {
    pods.observe();
    paid[(int) (fleet.now() / SECOND) - 1] = pods.paid();
    fleet.at(fleet.now() + SECOND, this::observe);
  }

  private void scrape() {
    Scrape scrape = pods.scrape(models::read);
    fleet.at(fleet.now() + rulesDelayNanos, () -> autoscaler.scraped(scrape));
    fleet.at(fleet.now() + autoscaler.scrapeNanos(), this::scrape);
  }

  private void sync() {
    int next = autoscaler.replicas(replicas, fleet.now());
    if (next != replicas) {
      replicas = next;
      pods.scale(next);
    }
    fleet.at(fleet.now() + autoscaler.syncNanos(), this::sync);
  }
}
