package dev.snowshed.runtime.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process: runs the host until it is told to stop. */
@QuarkusMain
public final class Main implements QuarkusApplication {

  /** Starts the host. */
  public static void main(String... args) {
    Quarkus.run(Main.class, args);
  }

  @Override
  public int run(String... args) {
    Quarkus.waitForExit();
    return 0;
  }
}
