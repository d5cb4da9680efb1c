package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.http.Probe;
import dev.snowshed.benchmarks.http.Server;
import dev.snowshed.benchmarks.http.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A host of the fleet, which can be ended and started again at its place. One owner at a time. */
final class Member implements AutoCloseable {
  private static final Duration END_BOUND = Duration.ofSeconds(30);

  /** A host that starts takes what the others leave of the processors, as if it had its own. */
  private static final List<String> AS_IF_ELSEWHERE = List.of("nice", "-n", "10");

  private final Target target;
  private final List<String> flags;
  private final Path root;
  private final Path folder;
  private final Server.Place place;
  private Server server;

  /**
   * Starts it.
   *
   * @param target what to start
   * @param flags the JVM's flags
   * @param root the project's folder
   * @param folder for its log
   * @param place where it listens
   */
  Member(Target target, List<String> flags, Path root, Path folder, Server.Place place)
      throws IOException {
    this.target = target;
    this.flags = flags;
    this.root = root;
    this.folder = folder;
    this.place = place;
    this.server = launch(List.of());
  }

  private Server launch(List<String> through) throws IOException {
    return Server.start(target, through, flags, root, folder, place);
  }

  Server.Place place() {
    return place;
  }

  /** Starts it again, and waits for its first right answer. */
  void start(Probe probe) throws IOException, InterruptedException {
    server = launch(AS_IF_ELSEWHERE);
    awaitAnswer(probe);
  }

  void awaitAnswer(Probe probe) throws IOException, InterruptedException {
    double _ = server.awaitAnswer(probe);
  }

  void signal(String name) throws IOException, InterruptedException {
    server.signal(name);
  }

  /** Waits for its end, at most 30 s. */
  OptionalInt awaitEnd() throws InterruptedException {
    return server.awaitEnd(END_BOUND);
  }

  @Override
  public void close() {
    server.kill();
  }
}
