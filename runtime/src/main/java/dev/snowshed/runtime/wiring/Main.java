package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.lifecycle.Drain;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.atomic.AtomicBoolean;

/** The process: runs the host until it is told to stop, and then drains it. */
@QuarkusMain
public final class Main implements QuarkusApplication {
  private static final int EXIT_AT_ONCE = 143;

  private final AtomicBoolean stopping = new AtomicBoolean();

  /** Starts the host. */
  public static void main(String... args) {
    Quarkus.run(Main.class, args);
  }

  @Override
  public int run(String... args) {
    onSignal("TERM");
    onSignal("INT");
    Quarkus.waitForExit();
    return 0;
  }

  private void onSignal(String name) {
    sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> stop(signal.getName()));
  }

  /** Drains and exits with 0; the second time, exits at once. */
  private void stop(String signal) {
    if (!stopping.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(EXIT_AT_ONCE);
    }
    boolean _ = Arc.container().instance(Drain.class).get().begin("the host got SIG" + signal);
  }
}
