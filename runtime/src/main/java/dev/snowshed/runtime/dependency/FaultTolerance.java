package dev.snowshed.runtime.dependency;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * SmallRye Fault Tolerance, set up once for the process: what times out is ended on virtual
 * threads, and its timer is a daemon that knows no class loader of a function.
 */
final class FaultTolerance {
  private static final ExecutorService EXECUTOR =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().inheritInheritableThreadLocals(false).factory());

  static {
    StandaloneFaultTolerance.configure(() -> EXECUTOR);
    Thread starter = Thread.ofPlatform().daemon().unstarted(FaultTolerance::startTimer);
    starter.setContextClassLoader(FaultTolerance.class.getClassLoader());
    starter.start();
    join(starter);
  }

  private FaultTolerance() {}

  /** Runs each task on a virtual thread of its own. */
  static ExecutorService executor() {
    return EXECUTOR;
  }

  /** A guard that has nothing yet. */
  static Guard.Builder guard() {
    return Guard.create();
  }

  /** The timer thread takes after the one that first needs it. */
  private static void startTimer() {
    Guard first = Guard.create().withTimeout().duration(1, ChronoUnit.SECONDS).done().build();
    boolean _ = first.get(() -> true, Boolean.class);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
