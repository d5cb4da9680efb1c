package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.lifecycle.Drain;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/** SIGTERM and SIGINT: the first has the host drain, the second ends it at once. */
final class StopSignals {
  private static final int EXIT_AT_ONCE = 143;

  private final Drain drain;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private StopSignals(Drain drain) {
    this.drain = drain;
  }

  /** Answers them from now on. */
  static void handle(Drain drain) {
    StopSignals signals = new StopSignals(drain);
    for (String name : new String[] {"TERM", "INT"}) {
      Object _ = Signal.handle(new Signal(name), signals::stop);
    }
  }

  private void stop(Signal signal) {
    if (!stopping.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(EXIT_AT_ONCE);
    }
    boolean _ = drain.begin("the host got SIG" + signal.getName());
  }
}
