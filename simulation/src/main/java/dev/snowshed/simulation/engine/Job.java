package dev.snowshed.simulation.engine;

/**
 * One attempt of a request at the host. A gate reads it; only the simulated host changes it.
 *
 * <p>A gate sees what a real host sees: when it came, whose it is, by when it must be done, which
 * attempt it is, when it was admitted, started and ended, and how long it waited for what is
 * instrumented.
 */
public final class Job {
  /** No time yet. */
  public static final long NEVER = Long.MIN_VALUE;

  final Call call;
  final Sender sender;
  private final int attempt;
  final long arrivedNanos;
  private final long deadlineNanos;

  /** When the gate let it in; {@link #NEVER} before. */
  long admittedNanos = NEVER;

  /** When it first got a core; {@link #NEVER} before. */
  long startedNanos = NEVER;

  /** Spent in instrumented waits and pools. */
  long downstreamNanos;

  /** Where it is. */
  Stage stage = Stage.ARRIVED;

  /** Whether its client no longer waits for it. */
  boolean abandoned;

  /** Whether its function ends without a result after its present wait. */
  boolean fails;

  /** When its present wait, in a pool's queue or a downstream, began. */
  long waitingSinceNanos;

  /** A place for what the gate keeps for it, such as a permit. */
  private Object attachment = this;

  /**
   * An attempt that arrives at a host.
   *
   * @param call what is attempted
   * @param attempt 0 for the first try of its client
   * @param arrivedNanos when it arrives
   * @param deadlineNanos after this its result is worthless
   * @param sender is told what became of it
   */
  public Job(Call call, int attempt, long arrivedNanos, long deadlineNanos, Sender sender) {
    this.call = call;
    this.sender = sender;
    this.attempt = attempt;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = deadlineNanos;
  }

  /** The index of its function in the scenario. */
  public int function() {
    return call.function;
  }

  /** What is attempted. */
  public Call call() {
    return call;
  }

  /** 0 for the first try of its client. */
  public int attempt() {
    return attempt;
  }

  /** When it arrived. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** After this its result is worthless. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** When it was let in; {@link #NEVER} before. */
  public long admittedNanos() {
    return admittedNanos;
  }

  /** When it first got a core; {@link #NEVER} before. */
  public long startedNanos() {
    return startedNanos;
  }

  /** How long it has spent in instrumented waits, in nanoseconds. */
  public long downstreamNanos() {
    return downstreamNanos;
  }

  /** What the gate attached; the job itself if nothing. */
  public Object attachment() {
    return attachment;
  }

  /** Keeps something for this job. */
  public void attach(Object kept) {
    attachment = kept;
  }

  /** Where a job is. */
  enum Stage {
    ARRIVED,
    QUEUED,
    /** In the run queue for the first time, with a wait ahead. */
    STARTING,
    WAITING,
    IN_POOL_QUEUE,
    IN_POOL,
    /** In the run queue for its CPU time. */
    RUNNABLE,
    RUNNING,
    ENDED
  }
}
