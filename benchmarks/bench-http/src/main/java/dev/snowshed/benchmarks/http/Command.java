package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.util.List;

/** How each benchmark is a command. */
public final class Command {
  private Command() {}

  /** What a benchmark does. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run() throws IOException, InterruptedException;
  }

  /**
   * Prints the help if that is asked for, else does what the command is for. Exits with 1 and a
   * message if that throws a {@link BenchException}.
   *
   * @param name of the benchmark
   * @param help what {@code --help} prints
   * @param arguments as given
   */
  public static void run(String name, String help, String[] arguments, Body body)
      throws IOException, InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(help);
      return;
    }
    try {
      body.run();
    } catch (BenchException e) {
      System.err.println("bench " + name + ": " + e.getMessage());
      System.exit(1);
    }
  }
}
