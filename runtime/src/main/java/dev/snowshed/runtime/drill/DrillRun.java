package dev.snowshed.runtime.drill;

import dev.snowshed.runtime.drill.Drill.State;
import dev.snowshed.runtime.drill.Sender.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries a drill out: sends each request once to find what it depends on, and then the requests in
 * turn with one treatment after another, a few at once. Runs once, on a thread of its own.
 */
final class DrillRun implements Runnable {
  private static final Logger LOG = Logger.getLogger(DrillRun.class);

  /** How many calls it makes at a time. */
  static final int AT_ONCE = 4;

  private static final int TRIES = 5;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Drill drill;
  private final List<DrillRequest> requests;
  private final Sender sender;

  /**
   * A drill to carry out.
   *
   * @param requests at least one
   */
  DrillRun(Drill drill, List<DrillRequest> requests, Sender sender) {
    this.drill = drill;
    this.requests = requests;
    this.sender = sender;
  }

  @Override
  public void run() {
    LOG.infof("Drill %s of '%s' begins", drill.id(), drill.order().function());
    try (sender) {
      atOnce(requests.size(), this::look);
      plan();
      drill.drilling().ifPresent(this::treat);
      settle();
      end(State.FINISHED, null);
    } catch (RuntimeException e) {
      LOG.errorf(e, "The drill of '%s' failed", drill.order().function());
      end(State.FAILED, e.toString());
    }
    Drill.Status status = drill.status(System.nanoTime());
    LOG.infof(
        "Drill %s of '%s': %s%s",
        drill.id(),
        drill.order().function(),
        status.state().label(),
        status.reason().map(why -> ", " + why).orElse(""));
  }

  private void plan() {
    if (!drill.askedInVain().isEmpty()) {
      end(State.FAILED, OutOfReach.told(drill.askedInVain()));
    } else if (isRunning() && !drill.plan(RandomGenerator.of("L64X128MixRandom"))) {
      end(
          State.FAILED,
          "the requests call no dependency, and the function declares none; name them in"
              + " \"dependencies\", or send requests that call them."
              + OutOfReach.hint(drill.outOfReach()));
    }
  }

  /** Ends it before its time; what is under way is given up. */
  void abort() {
    end(State.ABORTED, "it was ended before its time; all it found until then counts");
    sender.close();
  }

  private void treat(Drill.Phase phase) {
    AtomicInteger[] turns = new AtomicInteger[phase.kinds().size()];
    Arrays.setAll(turns, _ -> new AtomicInteger());
    atOnce(
        phase.sequence().size(),
        i -> {
          int kind = phase.sequence().get(i);
          if (phase.analysis().isSettled(phase.kinds().get(kind))) {
            drill.spare();
            return;
          }
          // Each treatment gets all requests in turn, so that all get the same.
          DrillRequest request = requests.get(turns[kind].getAndIncrement() % requests.size());
          treat(request, kind);
        });
  }

  private void look(int index) {
    DrillRequest request = requests.get(index);
    String last = "";
    for (int i = 0; i < TRIES && isRunning(); i++) {
      try {
        Sent sent = send(request, 0);
        if (sent.isGood()) {
          return;
        }
        last = "was answered with " + sent.status() + ": " + sent.shown();
      } catch (IOException e) {
        last = "was not answered: " + e;
      }
      LockSupport.parkNanos(PAUSE_NANOS << i);
    }
    if (isRunning()) {
      end(
          State.FAILED,
          request.line(drill.order().function())
              + ", sent as it is, "
              + last
              + "; a drill needs requests that succeed");
    }
  }

  private void treat(DrillRequest request, int kind) {
    for (int i = 0; i < TRIES && isRunning(); i++) {
      try {
        if (!send(request, kind).refused()) {
          drill.sent();
          return;
        }
      } catch (IOException e) {
        // What became of the call, the host knows itself.
        drill.sent();
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS << i);
    }
    drill.refusedOne();
  }

  private Sent send(DrillRequest request, int kind) throws IOException {
    try {
      long left = Math.max(1, drill.leftNanos(System.nanoTime()));
      return sender.send(request, kind, Duration.ofNanos(left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Does it for 0 to {@code count} - 1, a few at once, until all is done or the drill ends. */
  private void atOnce(int count, IntConsumer action) {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        workers.execute(
            () -> {
              for (int n = next.getAndIncrement();
                  n < count && isRunning();
                  n = next.getAndIncrement()) {
                action.accept(n);
              }
            });
      }
    }
  }

  /** An answer can be here before the host has noted the end of its call. */
  private void settle() {
    long end = System.nanoTime() + SETTLE_NANOS;
    while (drill.underWay() > 0 && isRunning() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private boolean isRunning() {
    return drill.isRunning(System.nanoTime());
  }

  private void end(State how, @Nullable String why) {
    drill.end(how, why, System.nanoTime());
  }
}
