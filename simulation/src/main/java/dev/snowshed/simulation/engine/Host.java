package dev.snowshed.simulation.engine;

import dev.snowshed.simulation.engine.Job.Stage;
import dev.snowshed.simulation.scenario.Pool;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A host and its gate in virtual time.
 *
 * <p>The host is a FIFO run queue in front of the cores. A job that only computes goes through it
 * once. A job with a wait or a pool goes through it twice, as a virtual thread does: to start,
 * which takes no CPU time but its turn in the queue, and, after wait and pool, to compute. A core
 * that has begun a job ends it; the cost factor is the one at its begin. Not safe for concurrent
 * use.
 */
public final class Host implements HostView {
  private final Timeline timeline;
  private final Scenario scenario;
  private final Downstream downstream;
  private final Gate gate;
  private final PoolState[] pools;
  private final Queue<Task> runQueue = new ArrayDeque<>();
  private int idleCores;
  private int inflight;
  private boolean probing;
  private long probeSentNanos;
  private long probeDelayNanos;
  private boolean halted;

  /** Core-nanoseconds spent up to {@link #busySince}. */
  private long busy;

  private long busySince;

  /**
   * A host that has just been started.
   *
   * @param timeline what it lives in
   * @param scenario its cores, their cost and stalls, and its functions
   * @param downstream what its functions wait for
   * @param gate makes what decides about arrivals
   * @param seed of the gate's chance
   */
  public Host(
      Timeline timeline, Scenario scenario, Downstream downstream, GateFactory gate, long seed) {
    this.timeline = timeline;
    this.scenario = scenario;
    this.downstream = downstream;
    this.idleCores = scenario.cores();
    this.busySince = timeline.now();
    this.pools = new PoolState[scenario.functions().size()];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = new PoolState(scenario.functions().get(i).pool().map(Pool::size).orElse(0));
    }
    this.gate = gate.create(scenario, this, seed);
  }

  /** Begins to call the gate's tick, if it has one. */
  public void start() {
    if (gate.tickNanos() > 0) {
      timeline.at(now() + gate.tickNanos(), this::tick);
    }
  }

  /** Nothing happens in it any more, and nobody is told: its process or its machine is gone. */
  public void halt() {
    halted = true;
  }

  /** Lets the gate decide about an attempt that arrives now. */
  public void offer(Job job) {
    switch (gate.arrive(job, now())) {
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

  /**
   * How long a task waits for a core: the last probe did, or one that still waits has by now. 0 if
   * the gate has no tick.
   */
  public long startDelayNanos(long nowNanos) {
    return probing ? Math.max(probeDelayNanos, nowNanos - probeSentNanos) : probeDelayNanos;
  }

  /** The limit of its gate. */
  public int limit() {
    return gate.limit();
  }

  private long now() {
    return timeline.now();
  }

  /** Stops the work on a job, as far as that is possible: its client has gone. */
  void cancel(Job job) {
    switch (job.stage) {
      case QUEUED -> {
        job.stage = Stage.ENDED;
        gate.cancelled(job, now());
      }
      case STARTING, WAITING, IN_POOL_QUEUE, RUNNABLE -> end(job, true);
      case IN_POOL -> {
        releasePool(job);
        end(job, true);
      }
      case ARRIVED, RUNNING, ENDED -> {}
    }
  }

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
    job.sender.refused(job);
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
    if (halted) {
      return;
    }
    gate.tick(now());
    if (!probing) {
      probing = true;
      probeSentNanos = now();
      enqueue(new Task(null, now()));
    }
    timeline.at(now() + gate.tickNanos(), this::tick);
  }

  private void enter(Job job) {
    job.admittedNanos = now();
    inflight++;
    boolean computesOnly = job.call.waitNanos == 0 && pools[job.function()].size == 0;
    job.stage = computesOnly ? Stage.RUNNABLE : Stage.STARTING;
    enqueue(new Task(job, now()));
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
    long begin = scenario.doneAt(now(), 0);
    if (begin > now()) {
      timeline.at(begin, () -> begin(task));
    } else {
      begin(task);
    }
  }

  private void begin(Task task) {
    if (halted) {
      return;
    }
    Job job = task.job();
    if (job == null) {
      probing = false;
      probeDelayNanos = now() - task.sinceNanos();
      gate.probed(probeDelayNanos, now());
      coreFree(task);
      return;
    }
    if (job.stage == Stage.ENDED) {
      coreFree(task);
      return;
    }
    if (job.startedNanos == Job.NEVER) {
      job.startedNanos = now();
      gate.started(job, now());
    }
    if (job.stage == Stage.STARTING) {
      job.stage = Stage.WAITING;
      job.waitingSinceNanos = now();
      Downstream.Wait wait = downstream.wait(job, now());
      job.fails = wait.fails();
      timeline.at(now() + Math.round(wait.nanos()), () -> waitOver(job));
      coreFree(task);
      return;
    }
    job.stage = Stage.RUNNING;
    double work = job.call.cpuNanos * scenario.costAt(now());
    timeline.at(scenario.doneAt(now(), work), () -> coreFree(task));
  }

  private void coreFree(Task task) {
    if (halted) {
      return;
    }
    Job job = task.job();
    @Nullable Job completed = job != null && job.stage == Stage.RUNNING ? job : null;
    Task next = runQueue.poll();
    if (next == null) {
      busy = busyNanos(now());
      busySince = now();
      idleCores++;
    } else {
      beginAfterStall(next);
    }
    if (completed != null) {
      complete(completed);
    }
  }

  private void occupyCore() {
    busy = busyNanos(now());
    busySince = now();
    idleCores--;
  }

  private void waitOver(Job job) {
    if (halted || job.stage != Stage.WAITING) {
      return;
    }
    if (job.fails) {
      fail(job);
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
    timeline.at(now() + Math.round(job.call.holdNanos), () -> poolOver(job));
  }

  private void poolOver(Job job) {
    if (!halted && job.stage == Stage.IN_POOL) {
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
    countDownstream(job);
    job.stage = Stage.RUNNABLE;
    enqueue(new Task(job, now()));
  }

  private void countDownstream(Job job) {
    if (scenario.functions().get(job.function()).instrumented()) {
      job.downstreamNanos += now() - job.waitingSinceNanos;
    }
  }

  private void complete(Job job) {
    end(job, false);
    job.sender.completed(job);
  }

  /** The function ends without a result; at its deadline because it is interrupted. */
  private void fail(Job job) {
    countDownstream(job);
    end(job, now() >= job.deadlineNanos());
    job.sender.failed(job);
  }

  private void end(Job job, boolean dropped) {
    job.stage = Stage.ENDED;
    inflight--;
    gate.ended(job, now(), dropped);
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
