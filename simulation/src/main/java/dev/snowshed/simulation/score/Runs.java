package dev.snowshed.simulation.score;

import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays runs on several cores; what comes out does not depend on how many. */
public final class Runs implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * Starts the threads.
   *
   * @param threads how many, 1 or more
   */
  public Runs(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("simulation-", 1).daemon().factory());
  }

  /** Runs of one limit that are under way, one for each seed. */
  public static final class Pending {
    private final String what;
    private final List<Future<Outcome>> futures;

    private Pending(String what, List<Future<Outcome>> futures) {
      this.what = what;
      this.futures = futures;
    }

    /**
     * Waits for them.
     *
     * @return in the order of the seeds
     * @throws IllegalStateException if a gate threw
     */
    public List<Outcome> await() {
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : futures) {
        outcomes.add(await(future));
      }
      return outcomes;
    }

    private Outcome await(Future<Outcome> future) {
      try {
        return future.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a run of " + what + " failed: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + what, e);
      }
    }
  }

  /**
   * Starts a run for each seed.
   *
   * @param frame of the scenario
   * @param limit what the gate is called in errors
   * @param gate makes the gates
   * @param seeds one or more
   */
  public Pending start(Frame frame, String limit, GateFactory gate, List<Long> seeds) {
    List<Future<Outcome>> futures = new ArrayList<>();
    for (long seed : seeds) {
      futures.add(threads.submit(() -> play(frame, gate, seed)));
    }
    return new Pending(limit + " in " + frame.scenario().name(), futures);
  }

  private static Outcome play(Frame frame, GateFactory gate, long seed) {
    Tally tally = new Tally(frame);
    new Simulation(frame.scenario(), gate, seed, tally).run();
    return tally.outcome();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
