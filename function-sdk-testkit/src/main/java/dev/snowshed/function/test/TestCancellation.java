package dev.snowshed.function.test;

import dev.snowshed.function.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A cancellation that is triggered by hand. */
final class TestCancellation implements Cancellation {

  /*
   *            cancel()
   *   OPEN ----------------> CANCELLED
   *     |
   *     | end()
   *     v
   *   ENDED
   */
  private enum State {
    OPEN,
    CANCELLED,
    ENDED
  }

  private final Object lock = new Object();

  /** Guarded by {@code lock}. */
  private final List<Runnable> actions = new ArrayList<>();

  /** Guarded by {@code lock}. */
  private State state = State.OPEN;

  @Override
  public boolean isCancelled() {
    synchronized (lock) {
      return state == State.CANCELLED;
    }
  }

  @Override
  public void onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (lock) {
      if (state == State.OPEN) {
        actions.add(action);
      }
      if (state != State.CANCELLED) {
        return;
      }
    }
    action.run();
  }

  /** Cancels, unless that happened before or the call has ended, and runs the actions. */
  void cancel() {
    run(close(State.CANCELLED));
  }

  /** Ends the call: its actions are forgotten. */
  void end() {
    close(State.ENDED);
  }

  private List<Runnable> close(State next) {
    synchronized (lock) {
      if (state != State.OPEN) {
        return List.of();
      }
      state = next;
      List<Runnable> closed = List.copyOf(actions);
      actions.clear();
      return closed;
    }
  }

  /** Runs every action; what the first to fail throws is thrown at the end, the rest suppressed. */
  private static void run(List<Runnable> actions) {
    List<RuntimeException> failures = new ArrayList<>();
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
