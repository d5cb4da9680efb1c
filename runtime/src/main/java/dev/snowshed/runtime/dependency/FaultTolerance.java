package dev.snowshed.runtime.dependency;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.standalone.Configuration;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * SmallRye Fault Tolerance, set up once for the process: what times out is ended on virtual
 * threads, and its timer is a daemon that knows no class loader of a function.
 */
final class FaultTolerance {
  static {
    Thread starter = Thread.ofPlatform().daemon().unstarted(new Start());
    starter.setContextClassLoader(FaultTolerance.class.getClassLoader());
    starter.start();
    join(starter);
  }

  private FaultTolerance() {}

  /** Runs each task on a virtual thread of its own. */
  static ExecutorService executor() {
    return Threads.EXECUTOR;
  }

  /** A guard that has nothing yet. */
  static Guard.Builder guard() {
    return Guard.create();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The timer thread takes after the one that first needs it. Must not use the class around it. */
  private record Start() implements Runnable {
    @Override
    public void run() {
      StandaloneFaultTolerance.configure(new Threads());
      Guard first = Guard.create().withTimeout().duration(1, ChronoUnit.SECONDS).done().build();
      boolean _ = first.get(() -> true, Boolean.class);
    }
  }

  private record Threads() implements Configuration {
    static final ExecutorService EXECUTOR =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().inheritInheritableThreadLocals(false).factory());

    @Override
    public ExecutorService executor() {
      return EXECUTOR;
    }
  }
}
