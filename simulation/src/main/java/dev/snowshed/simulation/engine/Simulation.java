package dev.snowshed.simulation.engine;

import dev.snowshed.simulation.engine.Job.Call;
import dev.snowshed.simulation.engine.Job.Stage;
import dev.snowshed.simulation.scenario.Client;
import dev.snowshed.simulation.scenario.Distribution;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Pool;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario: a host, its clients and a gate, as discrete events in virtual time.
 *
 * <p>The host is a FIFO run queue in front of the cores. A job that only computes goes through it
 * once. A job with a wait or a pool goes through it twice, as a virtual thread does: to start,
 * which takes no CPU time but its turn in the queue, and, after wait and pool, to compute. A core
 * that has begun a job ends it; the cost factor is the one at its begin.
 *
 * <p>The same seed brings the same arrivals and costs whatever the gate does, so that gates are
 * compared on equal terms. Not safe for concurrent use.
 */
public final class Simulation implements HostView {
  private static final long SAMPLE_NANOS = 100_000_000;

  private final Scenario scenario;
  private final Observer observer;
  private final Events events = new Events();
  private final Gate gate;
  private final Source[] sources;
  private final PoolState[] pools;
  private final Queue<Task> runQueue = new ArrayDeque<>();
  private int idleCores;
  private int inflight;
  private long now;
  private boolean probing;

  /** Core-nanoseconds spent up to {@link #busySince}. */
  private long busy;

  private long busySince;

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
    this.idleCores = scenario.cores();
    SplittableRandom seeds = new SplittableRandom(seed);
    List<FunctionLoad> functions = scenario.functions();
    this.sources = new Source[functions.size()];
    this.pools = new PoolState[functions.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Source(functions.get(i), seeds.split(), seeds.split(), seeds.split());
      pools[i] = new PoolState(functions.get(i).pool().map(Pool::size).orElse(0));
    }
    this.gate = gate.create(scenario, this, seeds.nextLong());
  }

  /** Plays the whole scenario. */
  public void run() {
    for (int i = 0; i < sources.length; i++) {
      scheduleArrival(i);
    }
    events.add(SAMPLE_NANOS, new Event(Event.Kind.SAMPLE, null, 0));
    if (gate.tickNanos() > 0) {
      events.add(gate.tickNanos(), new Event(Event.Kind.TICK, null, 0));
    }
    while (!events.isEmpty() && events.firstTime() <= scenario.durationNanos()) {
      now = events.firstTime();
      handle(events.removeFirst());
    }
  }

  private void handle(Event event) {
    switch (event.kind()) {
      case ARRIVAL -> arrival(event.function());
      case RETRY -> attempt(event.job().call);
      case TIMEOUT -> timeout(event.job());
      case BEGIN -> begin(event.task());
      case CORE_FREE -> coreFree(event.task());
      case WAIT_OVER -> waitOver(event.job());
      case POOL_OVER -> poolOver(event.job());
      case TICK -> tick();
      case SAMPLE -> sample();
    }
  }

  // arrivals and clients

  private void scheduleArrival(int function) {
    long next = sources[function].nextArrival(now);
    if (next <= scenario.durationNanos()) {
      events.add(next, new Event(Event.Kind.ARRIVAL, null, function));
    }
  }

  private void arrival(int function) {
    Call call = sources[function].draw(function, now);
    scheduleArrival(function);
    attempt(call);
  }

  private void attempt(Call call) {
    FunctionLoad function = function(call);
    Job job = new Job(call, call.attempts++, now, now + function.deadlineNanos());
    function
        .client()
        .ifPresent(
            client -> events.add(now + client.timeoutNanos(), Event.of(Event.Kind.TIMEOUT, job)));
    observer.arrived(job, now, unloadedNanos(call));
    switch (gate.arrive(job, now)) {
      case ADMIT -> enter(job);
      case QUEUE -> {
        // a gate may have answered a queued job before it returned
        if (job.stage == Stage.ARRIVED) {
          job.stage = Stage.QUEUED;
        }
      }
      case REJECT -> refuse(job);
    }
  }

  private double unloadedNanos(Call call) {
    return call.waitNanos + call.holdNanos + call.cpuNanos * scenario.costAt(now);
  }

  private void timeout(Job job) {
    if (job.abandoned || job.call.done) {
      return;
    }
    job.abandoned = true;
    Client client = function(job.call).client().orElseThrow();
    if (client.cancels()) {
      cancel(job);
    }
    retry(job, client);
  }

  private void retry(Job job, Client client) {
    if (job.attempt() < client.retries()) {
      double backoff = client.backoff().sample(sources[job.function()].backoffs);
      events.add(now + Math.round(backoff), Event.of(Event.Kind.RETRY, job));
    }
  }

  /** The client of a job hears that it failed, unless it has gone. */
  private void failed(Job job) {
    if (!job.abandoned) {
      job.abandoned = true;
      function(job.call).client().ifPresent(client -> retry(job, client));
    }
  }

  private void cancel(Job job) {
    switch (job.stage) {
      case QUEUED -> {
        job.stage = Stage.ENDED;
        gate.cancelled(job, now);
      }
      case STARTING, WAITING, IN_POOL_QUEUE, RUNNABLE -> end(job, true);
      case IN_POOL -> {
        releasePool(job);
        end(job, true);
      }
      case ARRIVED, RUNNING, ENDED -> {}
    }
  }

  // the gate's side

  @Override
  public void admit(Job job) {
    if (job.stage != Stage.QUEUED && job.stage != Stage.ARRIVED) {
      throw new IllegalStateException("a job that is " + job.stage + " cannot be let in");
    }
    enter(job);
  }

  @Override
  public void reject(Job job) {
    if (job.stage != Stage.QUEUED && job.stage != Stage.ARRIVED) {
      throw new IllegalStateException("a job that is " + job.stage + " cannot be refused");
    }
    refuse(job);
  }

  private void refuse(Job job) {
    job.stage = Stage.ENDED;
    observer.rejected(job, now);
    failed(job);
  }

  @Override
  public int runQueueLength() {
    return runQueue.size();
  }

  @Override
  public int cores() {
    return scenario.cores();
  }

  @Override
  public int inflight() {
    return inflight;
  }

  @Override
  public long busyNanos(long nowNanos) {
    return busy + (scenario.cores() - idleCores) * (nowNanos - busySince);
  }

  private void tick() {
    gate.tick(now);
    if (!probing) {
      probing = true;
      enqueue(new Task(null, now));
    }
    events.add(now + gate.tickNanos(), new Event(Event.Kind.TICK, null, 0));
  }

  private void sample() {
    observer.sampled(now, inflight, gate.limit());
    events.add(now + SAMPLE_NANOS, new Event(Event.Kind.SAMPLE, null, 0));
  }

  // the host

  private void enter(Job job) {
    job.admittedNanos = now;
    inflight++;
    boolean computesOnly = job.call.waitNanos == 0 && pools[job.function()].size == 0;
    job.stage = computesOnly ? Stage.RUNNABLE : Stage.STARTING;
    enqueue(new Task(job, now));
  }

  private void enqueue(Task task) {
    if (idleCores > 0) {
      occupyCore();
      beginAfterStall(task);
    } else {
      runQueue.add(task);
    }
  }

  private void beginAfterStall(Task task) {
    long begin = scenario.doneAt(now, 0);
    if (begin > now) {
      events.add(begin, new Event(Event.Kind.BEGIN, task, 0));
    } else {
      begin(task);
    }
  }

  private void begin(Task task) {
    Job job = task.job();
    if (job == null) {
      probing = false;
      gate.probed(now - task.sinceNanos(), now);
      coreFree(task);
      return;
    }
    if (job.stage == Stage.ENDED) {
      coreFree(task);
      return;
    }
    if (job.startedNanos == Job.NEVER) {
      job.startedNanos = now;
      gate.started(job, now);
    }
    if (job.stage == Stage.STARTING) {
      job.stage = Stage.WAITING;
      job.waitingSinceNanos = now;
      events.add(now + Math.round(job.call.waitNanos), Event.of(Event.Kind.WAIT_OVER, job));
      coreFree(task);
      return;
    }
    job.stage = Stage.RUNNING;
    double work = job.call.cpuNanos * scenario.costAt(now);
    events.add(scenario.doneAt(now, work), new Event(Event.Kind.CORE_FREE, task, 0));
  }

  private void coreFree(Task task) {
    Job job = task.job();
    @Nullable Job completed = job != null && job.stage == Stage.RUNNING ? job : null;
    Task next = runQueue.poll();
    if (next == null) {
      busy = busyNanos(now);
      busySince = now;
      idleCores++;
    } else {
      beginAfterStall(next);
    }
    if (completed != null) {
      complete(completed);
    }
  }

  private void occupyCore() {
    busy = busyNanos(now);
    busySince = now;
    idleCores--;
  }

  private void waitOver(Job job) {
    if (job.stage != Stage.WAITING) {
      return;
    }
    PoolState pool = pools[job.function()];
    if (pool.size == 0) {
      runnable(job);
    } else if (pool.used < pool.size) {
      hold(job, pool);
    } else {
      job.stage = Stage.IN_POOL_QUEUE;
      pool.waiting.add(job);
    }
  }

  private void hold(Job job, PoolState pool) {
    pool.used++;
    job.stage = Stage.IN_POOL;
    events.add(now + Math.round(job.call.holdNanos), Event.of(Event.Kind.POOL_OVER, job));
  }

  private void poolOver(Job job) {
    if (job.stage == Stage.IN_POOL) {
      releasePool(job);
      runnable(job);
    }
  }

  private void releasePool(Job job) {
    PoolState pool = pools[job.function()];
    pool.used--;
    for (Job next = pool.waiting.poll(); next != null; next = pool.waiting.poll()) {
      if (next.stage == Stage.IN_POOL_QUEUE) {
        hold(next, pool);
        return;
      }
    }
  }

  private void runnable(Job job) {
    if (function(job.call).instrumented()) {
      job.downstreamNanos += now - job.waitingSinceNanos;
    }
    job.stage = Stage.RUNNABLE;
    enqueue(new Task(job, now));
  }

  private void complete(Job job) {
    boolean inTime = now <= job.deadlineNanos();
    boolean useful = inTime && !job.abandoned && !job.call.done;
    end(job, false);
    observer.completed(job, now, useful);
    if (useful) {
      job.call.done = true;
    } else {
      failed(job);
    }
  }

  private void end(Job job, boolean dropped) {
    job.stage = Stage.ENDED;
    inflight--;
    gate.ended(job, now, dropped);
  }

  private FunctionLoad function(Call call) {
    return scenario.functions().get(call.function);
  }

  /** Where the calls of one function come from. */
  private static final class Source {
    private final FunctionLoad load;
    private final SplittableRandom times;
    private final SplittableRandom costs;
    private final SplittableRandom backoffs;

    Source(
        FunctionLoad load,
        SplittableRandom times,
        SplittableRandom costs,
        SplittableRandom backoffs) {
      this.load = load;
      this.times = times;
      this.costs = costs;
      this.backoffs = backoffs;
    }

    /** The first arrival after a time; {@link Long#MAX_VALUE} if there is none. */
    long nextArrival(long afterNanos) {
      long time = afterNanos;
      while (time < Long.MAX_VALUE) {
        double rate = load.arrivals().at(time);
        long change = load.arrivals().nextChange(time);
        double gap = rate <= 0 ? Double.MAX_VALUE : -Math.log1p(-times.nextDouble()) * 1e9 / rate;
        if (gap < change - time) {
          return time + Math.max(1, Math.round(gap));
        }
        time = change;
      }
      return Long.MAX_VALUE;
    }

    Call draw(int function, long now) {
      double wait = load.downstream().at(now).sample(costs);
      double hold = load.pool().map(Pool::hold).orElse(Distribution.ZERO).sample(costs);
      return new Call(function, now, wait, hold, load.cpu().at(now).sample(costs));
    }
  }

  /** A pool in use; of size 0 where a function has none. */
  private static final class PoolState {
    final int size;
    final Queue<Job> waiting = new ArrayDeque<>();
    int used;

    PoolState(int size) {
      this.size = size;
    }
  }
}
