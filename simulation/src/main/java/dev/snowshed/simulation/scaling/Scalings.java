package dev.snowshed.simulation.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays closed loops on threads of its own. What comes out depends on the scenario, the autoscaler
 * and the seeds alone. Safe for concurrent use.
 */
public final class Scalings implements AutoCloseable {
  private final ExecutorService threads;

  /** Plays so many runs at once. */
  public Scalings(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("scaling-", 1).daemon().factory());
  }

  /** What autoscalers have to cope with. */
  public static List<String> scenarios() {
    return ScalingScenarios.all().stream().map(ScalingScenario::name).toList();
  }

  /** The autoscalers, in the order of the rows. */
  public static List<String> autoscalers() {
    return List.copyOf(Contestants.all().keySet());
  }

  /**
   * Compares all autoscalers.
   *
   * @param scenario one of {@link #scenarios()}
   * @param seeds how many runs of each
   */
  public ScalingResult compare(String scenario, int seeds) {
    return play(ScalingScenarios.called(scenario), List.copyOf(Contestants.all().values()), seeds);
  }

  /**
   * Compares our autoscaler with itself: each of its parameters halved and doubled.
   *
   * @param scenario one of {@link #scenarios()}
   * @param seeds how many runs of each
   */
  public ScalingResult vary(String scenario, int seeds) {
    return play(ScalingScenarios.called(scenario), Contestants.variants(), seeds);
  }

  ScalingResult play(ScalingScenario scenario, List<Contestant> contestants, int seeds) {
    LoadTest test = LoadTest.of(scenario.host());
    List<List<Future<ScalingOutcome>>> pending = new ArrayList<>();
    for (Contestant contestant : contestants) {
      pending.add(start(scenario, contestant, test, seeds));
    }
    List<ScalingResult.Row> rows = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      String name = contestants.get(i).name();
      List<ScalingOutcome> outcomes = pending.get(i).stream().map(run -> await(run, name)).toList();
      rows.add(new ScalingResult.Row(name, ScalingScores.of(scenario, outcomes)));
    }
    return new ScalingResult(scenario, seeds, rows);
  }

  private List<Future<ScalingOutcome>> start(
      ScalingScenario scenario, Contestant contestant, LoadTest test, int seeds) {
    List<Future<ScalingOutcome>> runs = new ArrayList<>();
    for (int i = 1; i <= seeds; i++) {
      long seed = i;
      runs.add(threads.submit(() -> new ClosedLoop(scenario, contestant, test, seed).run()));
    }
    return runs;
  }

  private static ScalingOutcome await(Future<ScalingOutcome> run, String name) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a run of %s failed: %s".formatted(name, Objects.toString(e.getCause())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
