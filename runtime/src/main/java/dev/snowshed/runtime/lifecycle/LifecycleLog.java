package dev.snowshed.runtime.lifecycle;

import dev.snowshed.core.lifecycle.Cause;
import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Tells what is the matter with the host: each cause when it comes, with its evidence, and when it
 * goes, and what holds the host in that wants to leave. A line for each change. Safe for concurrent
 * use.
 */
public final class LifecycleLog {
  private final BiConsumer<Logger.Level, String> log;

  /**
   * A log that has told nothing yet.
   *
   * @param log takes the lines
   */
  public LifecycleLog(BiConsumer<Logger.Level, String> log) {
    this.log = log;
  }

  /** Tells what has changed from one status to the next. */
  public void tell(LifecycleStatus before, LifecycleStatus after) {
    if (after.state().isLeaving()) {
      return;
    }
    after.causes().stream()
        .filter(cause -> isNew(cause, before))
        .forEach(
            cause ->
                log.accept(
                    cause.kind().ejects() ? Logger.Level.WARN : Logger.Level.INFO,
                    "Cause " + cause.kind().label() + ": " + cause.evidence()));
    before.causes().stream()
        .filter(cause -> isNew(cause, after))
        .forEach(
            cause -> log.accept(Logger.Level.INFO, "Cause " + cause.kind().label() + " is gone"));
    if (!after.heldIn().equals(before.heldIn())) {
      tellHeldIn(after);
    }
  }

  private static boolean isNew(Cause cause, LifecycleStatus other) {
    return !cause.kind().isPhase()
        && other.causes().stream().noneMatch(each -> each.kind() == cause.kind());
  }

  private void tellHeldIn(LifecycleStatus after) {
    if (after.heldIn().isPresent()) {
      log.accept(
          Logger.Level.WARN, "The host wants to leave, and is held in: " + after.heldIn().get());
    } else if (after.state() != LifecycleState.EJECTED) {
      log.accept(Logger.Level.INFO, "The host does not want to leave any more");
    }
  }
}
