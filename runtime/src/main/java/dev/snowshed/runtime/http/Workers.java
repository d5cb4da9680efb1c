package dev.snowshed.runtime.http;

import dev.snowshed.function.Execution;
import dev.snowshed.runtime.signals.LoopDelays;
import io.vertx.core.Context;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that functions run on. Safe for concurrent use. */
final class Workers implements AutoCloseable {
  private final LoopDelays loops;
  private final ThreadFactory virtual =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();
  private final ExecutorService platform =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform()
              .name("function-", 0)
              .daemon()
              .inheritInheritableThreadLocals(false)
              .factory());

  /**
   * Threads that are started when needed.
   *
   * @param loops has the event loops probed
   */
  Workers(LoopDelays loops) {
    this.loops = loops;
  }

  /**
   * The queue of the current event loop.
   *
   * @param context a context of that event loop
   */
  LoopQueue loopQueue(Context context) {
    return LoopQueue.of(context, virtual, loops::watch);
  }

  /**
   * Runs a call where its function wants to run.
   *
   * @param execution where; {@link Execution#EVENT_LOOP} runs it on the calling thread
   * @param queue the queue of the current event loop
   * @param call the call
   */
  void run(Execution execution, LoopQueue queue, Runnable call) {
    switch (execution) {
      case VIRTUAL_THREAD -> queue.start(call);
      case PLATFORM_THREAD -> platform.execute(call);
      case EVENT_LOOP -> call.run();
    }
  }

  @Override
  public void close() {
    platform.shutdownNow();
  }
}
