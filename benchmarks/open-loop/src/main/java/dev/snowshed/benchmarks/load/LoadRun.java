package dev.snowshed.benchmarks.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Sends what is due and counts what comes of it, on the calling thread. One use. Not safe for
 * concurrent use.
 */
public final class LoadRun {

  /** How long the client still waits for an answer that is late already. */
  private static final long GRACE_NANOS = 250_000_000;

  /** Requests begun before answers are looked at again. */
  private static final int BURST = 64;

  private final Connections connections;
  private final Arrivals arrivals;
  private final Window window;
  private final Consumer<Ended> listener;
  private final Tally tally = new Tally();

  /** By when they were due, and so by when to give up; ended ones leave at the front. */
  private final Deque<Call> waiting = new ArrayDeque<>();

  private long startNanos;
  private int outstanding;

  private LoadRun(
      Connections connections, Arrivals arrivals, Window window, Consumer<Ended> listener) {
    this.connections = connections;
    this.arrivals = arrivals;
    this.window = window;
    this.listener = listener;
  }

  /**
   * A request that has ended.
   *
   * @param dueNanos when it was due, by {@link System#nanoTime}
   * @param endNanos when it ended, by the same clock
   * @param outcome how
   * @param status of the answer, or what stands in its place
   */
  public record Ended(long dueNanos, long endNanos, Outcome outcome, int status) {}

  /**
   * Runs to the window's end, and until all that was sent has ended.
   *
   * @param connections to send on
   * @param arrivals what is due
   * @param window what to count
   */
  public static Tally run(Connections connections, Arrivals arrivals, Window window)
      throws IOException {
    return run(connections, arrivals, window, ended -> {});
  }

  /**
   * Does the same, and tells of each request.
   *
   * @param connections to send on
   * @param arrivals what is due
   * @param window what to count
   * @param listener called on the calling thread for each request that has ended, also of those
   *     that do not count; must be quick
   */
  public static Tally run(
      Connections connections, Arrivals arrivals, Window window, Consumer<Ended> listener)
      throws IOException {
    return new LoadRun(connections, arrivals, window, listener).run();
  }

  private Tally run() throws IOException {
    connections.poll(0); // sees what the target closed meanwhile
    startNanos = System.nanoTime();
    for (long now = 0; isRunning(now); now = elapsedNanos()) {
      window.pass(now);
      beginDue(now);
      expire(now);
      if (isRunning(now)) {
        connections.poll(idleNanos(now));
      }
    }
    window.pass(elapsedNanos());
    return tally;
  }

  /** Also after the end, until what was due before it has been sent and has ended. */
  private boolean isRunning(long now) {
    return !window.isOver(now) || !window.isOver(arrivals.nextNanos()) || outstanding > 0;
  }

  private long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  private void beginDue(long now) {
    for (int begun = 0; begun < BURST; begun++) {
      long due = arrivals.nextNanos();
      if (due > now || window.isOver(due)) {
        return;
      }
      arrivals.take();
      begin(due);
    }
  }

  private void begin(long due) {
    Call call = new Call(this, due);
    outstanding++;
    waiting.addLast(call);
    long now = elapsedNanos();
    if (window.counts(due)) {
      tally.begun(now - due);
    }
    if (isHopeless(call, now)) {
      // The generator lags so much that sending would only make it worse; the lag is recorded.
      call.end(Outcome.NO_CONNECTION);
    } else {
      connections.send(call);
    }
  }

  private void expire(long now) {
    for (Call oldest = waiting.peekFirst();
        oldest != null && (oldest.ended() || isHopeless(oldest, now));
        oldest = waiting.peekFirst()) {
      waiting.removeFirst();
      if (!oldest.ended()) {
        oldest.giveUp();
      }
    }
  }

  private boolean isHopeless(Call call, long now) {
    return now - call.dueNanos() > window.deadlineNanos() + GRACE_NANOS;
  }

  private long idleNanos(long now) {
    long due = arrivals.nextNanos();
    long next = window.isOver(due) ? Arrivals.NONE : due;
    Call oldest = waiting.peekFirst();
    if (oldest != null) {
      next = Math.min(next, oldest.dueNanos() + window.deadlineNanos() + GRACE_NANOS);
    }
    return Math.min(next, window.nextMark(now)) - now;
  }

  /** Called once by each call. */
  void ended(Call call, int status) {
    outstanding--;
    long now = elapsedNanos();
    long latency = now - call.dueNanos();
    Outcome outcome = Outcome.of(status, latency, window.deadlineNanos());
    if (window.counts(call.dueNanos())) {
      tally.ended(outcome, status, latency);
    }
    if (outcome == Outcome.GOOD && window.counts(now) && !window.isOver(now)) {
      tally.goodAnswer(window.sinceBeginning(now));
    }
    arrivals.ended(now, outcome);
    listener.accept(new Ended(startNanos + call.dueNanos(), startNanos + now, outcome, status));
  }
}
