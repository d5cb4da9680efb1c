package dev.snowshed.runtime.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The traffic between one event loop and the virtual threads of its calls.
 *
 * <p>What costs in handing a call to a virtual thread is not the thread but waking a sleeping
 * carrier for each start (docs/RATIONALE.md has the figures). So the calls that one turn of the
 * event loop has read are started as a chain: each call's thread first starts the next one, from
 * where a start wakes nobody in vain. Each call has a thread of its own, and none waits for
 * another: any carrier may take what has been started.
 */
final class LoopQueue {
  private static final FastThreadLocal<LoopQueue> OF_THREAD = new FastThreadLocal<>();

  private final EventLoop loop;
  private final ThreadFactory threads;

  /** Calls read in this turn. The event loop's own. */
  private List<Runnable> starting = new ArrayList<>();

  /** Calls that began to receive in this turn. The event loop's own. */
  private List<Call> receiving = new ArrayList<>();

  private LoopQueue(EventLoop loop, ThreadFactory threads) {
    this.loop = loop;
    this.threads = threads;
  }

  /**
   * The queue of the current thread, which is the event loop of a context.
   *
   * @param threads makes the threads of its calls
   * @param opened is told of the event loop when its queue is made
   */
  static LoopQueue of(Context context, ThreadFactory threads, Consumer<Executor> opened) {
    LoopQueue queue = OF_THREAD.get();
    if (queue == null || !queue.threads.equals(threads)) {
      queue = new LoopQueue(((ContextInternal) context).nettyEventLoop(), threads);
      OF_THREAD.set(queue);
      opened.accept(queue.loop);
    }
    return queue;
  }

  /** Runs a call on a virtual thread of its own, at the end of this turn. On the event loop. */
  void start(Runnable call) {
    starting.add(call);
    if (starting.size() == 1) {
      loop.execute(this::startAll);
    }
  }

  /** Runs an action on the event loop: at once if this is its thread. From any thread. */
  void runOnLoop(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  /** Runs an action on the event loop, in a turn of its own. From any thread. */
  void runLater(Runnable action) {
    loop.execute(action);
  }

  /** Looks at a call again after all that has been handed to the event loop so far. On it. */
  void checkAfterTurn(Call call) {
    receiving.add(call);
    if (receiving.size() == 1) {
      loop.execute(() -> loop.execute(this::checkAll));
    }
  }

  private void checkAll() {
    List<Call> due = receiving;
    receiving = new ArrayList<>(due.size());
    due.forEach(Call::checkReceived);
  }

  private void startAll() {
    List<Runnable> calls = starting;
    starting = new ArrayList<>(calls.size());
    startFrom(0, calls);
  }

  private void startFrom(int index, List<Runnable> calls) {
    threads
        .newThread(
            () -> {
              if (index + 1 < calls.size()) {
                startFrom(index + 1, calls);
              }
              calls.get(index).run();
            })
        .start();
  }
}
