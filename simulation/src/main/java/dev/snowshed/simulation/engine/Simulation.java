package dev.snowshed.simulation.engine;

import dev.snowshed.simulation.scenario.Client;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.SplittableRandom;

/**
 * One run of a scenario: a {@link Host}, its clients and a gate, as discrete events in virtual
 * time.
 *
 * <p>The same seed brings the same arrivals and costs whatever the gate does, so that gates are
 * compared on equal terms. Not safe for concurrent use.
 */
public final class Simulation implements Sender {
  private static final long SAMPLE_NANOS = 100_000_000;

  private final Timeline timeline = new Timeline();
  private final Scenario scenario;
  private final Observer observer;
  private final Source[] sources;
  private final Host host;

  /**
   * A run.
   *
   * @param scenario what happens
   * @param gate makes what decides about arrivals
   * @param seed of all chance
   * @param observer is told what happens
   */
  public Simulation(Scenario scenario, GateFactory gate, long seed, Observer observer) {
    this.scenario = scenario;
    this.observer = observer;
    SplittableRandom seeds = new SplittableRandom(seed);
    this.sources = new Source[scenario.functions().size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Source(i, scenario.functions().get(i), seeds);
    }
    this.host = new Host(timeline, scenario, Downstream.WELL, gate, seeds.nextLong());
  }

  /** Plays the whole scenario. */
  public void run() {
    for (int i = 0; i < sources.length; i++) {
      scheduleArrival(i);
    }
    timeline.at(SAMPLE_NANOS, this::sample);
    host.start();
    timeline.runUntil(scenario.durationNanos());
  }

  private void scheduleArrival(int function) {
    long next = sources[function].nextArrival(timeline.now());
    if (next <= scenario.durationNanos()) {
      timeline.at(next, () -> arrival(function));
    }
  }

  private void arrival(int function) {
    Call call = sources[function].draw(timeline.now());
    scheduleArrival(function);
    attempt(call);
  }

  private void attempt(Call call) {
    long now = timeline.now();
    FunctionLoad function = function(call);
    Job job = new Job(call, call.attempts++, now, now + function.deadlineNanos(), this);
    function
        .client()
        .ifPresent(client -> timeline.at(now + client.timeoutNanos(), () -> timeout(job)));
    observer.arrived(job, now, unloadedNanos(call));
    host.offer(job);
  }

  private double unloadedNanos(Call call) {
    return call.waitNanos + call.holdNanos + call.cpuNanos * scenario.costAt(timeline.now());
  }

  private void timeout(Job job) {
    if (job.abandoned || job.call.isDone()) {
      return;
    }
    job.abandoned = true;
    Client client = function(job.call).client().orElseThrow();
    if (client.cancels()) {
      host.cancel(job);
    }
    retry(job, client);
  }

  private void retry(Job job, Client client) {
    if (job.attempt() < client.retries()) {
      long backoff = sources[job.function()].backoffNanos(client.backoff());
      timeline.at(timeline.now() + backoff, () -> attempt(job.call));
    }
  }

  /** The client of a job hears that it failed, unless it has gone. */
  private void hearsFailure(Job job) {
    if (!job.abandoned) {
      job.abandoned = true;
      function(job.call).client().ifPresent(client -> retry(job, client));
    }
  }

  @Override
  public void refused(Job job) {
    observer.rejected(job, timeline.now());
    hearsFailure(job);
  }

  @Override
  public void completed(Job job) {
    boolean inTime = timeline.now() <= job.deadlineNanos();
    boolean useful = inTime && !job.abandoned && !job.call.isDone();
    observer.completed(job, timeline.now(), useful);
    if (!job.abandoned) {
      job.call.answered();
    }
  }

  @Override
  public void failed(Job job) {
    hearsFailure(job);
  }

  private void sample() {
    observer.sampled(timeline.now(), host.inflight(), host.limit());
    timeline.at(timeline.now() + SAMPLE_NANOS, this::sample);
  }

  private FunctionLoad function(Call call) {
    return scenario.functions().get(call.function());
  }
}
