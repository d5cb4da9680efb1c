package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A target's running process. Ends with {@link #close}, and with this JVM at the latest. */
public final class Server implements AutoCloseable {
  private static final Duration START_BOUND = Duration.ofSeconds(60);
  private static final Duration STOP_BOUND = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 2;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Target target;
  private final Process process;
  private final Path log;
  private final URI uri;
  private final long startedNanos;

  private Server(Target target, Process process, Path log, URI uri, long startedNanos) {
    this.target = target;
    this.process = process;
    this.log = log;
    this.uri = uri;
    this.startedNanos = startedNanos;
  }

  /**
   * Starts a target.
   *
   * @param target what to start
   * @param flags the JVM's flags
   * @param root the project's folder
   * @param folder for its log
   */
  static Server start(Target target, List<String> flags, Path root, Path folder)
      throws IOException {
    return start(target, List.of(), flags, root, folder);
  }

  /**
   * Starts a target through another program, such as taskset, that replaces itself by it.
   *
   * @param target what to start
   * @param through the other program with its arguments; empty for none
   * @param flags the JVM's flags
   * @param root the project's folder
   * @param folder for its log
   */
  public static Server start(
      Target target, List<String> through, List<String> flags, Path root, Path folder)
      throws IOException {
    return start(target, through, flags, root, folder, Place.free());
  }

  /**
   * Starts a target at a place of its own.
   *
   * @param target what to start
   * @param through the other program with its arguments; empty for none
   * @param flags the JVM's flags
   * @param root the project's folder
   * @param folder for its log
   * @param place where it listens
   */
  public static Server start(
      Target target, List<String> through, List<String> flags, Path root, Path folder, Place place)
      throws IOException {
    List<String> command = new ArrayList<>(through);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    target.arguments().forEach(argument -> command.add(place.fill(argument, root)));
    Path log = folder.resolve(target.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    target
        .environment()
        .forEach((key, value) -> builder.environment().put(key, place.fill(value, root)));
    long startedNanos = System.nanoTime();
    Process process = builder.start();
    RUNNING.add(process);
    return new Server(target, process, log, place.uri(target.path()), startedNanos);
  }

  /**
   * Where a server listens.
   *
   * @param address a loopback address
   * @param port for functions
   * @param management for probes
   * @param agent for a balancer's questions
   */
  public record Place(String address, int port, int management, int agent) {

    private static Place free() throws IOException {
      return new Place("127.0.0.1", freePort(), freePort(), freePort());
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private String fill(String text, Path root) {
      return text.replace("{root}", root.toString())
          .replace("{address}", address)
          .replace("{port}", Integer.toString(port))
          .replace("{management}", Integer.toString(management))
          .replace("{agent}", Integer.toString(agent));
    }

    /** The address of a path. */
    public URI uri(String path) {
      return URI.create("http://" + address + ":" + port + path);
    }
  }

  /** Where the function is. */
  public URI uri() {
    return uri;
  }

  /** The process' id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits for the first right answer.
   *
   * @return the time since the process was started, in milliseconds
   * @throws BenchException if there is none within a minute, or the process ends
   */
  public double awaitAnswer(Probe probe) throws IOException, InterruptedException {
    Optional<String> complaint;
    do {
      complaint = probe.complaint(uri);
      if (complaint.isEmpty()) {
        return (System.nanoTime() - startedNanos) / 1e6;
      }
      Thread.sleep(POLL_MILLIS);
    } while (process.isAlive() && System.nanoTime() - startedNanos < START_BOUND.toNanos());
    throw new BenchException(
        "%s gave no right answer within %d s; it %s\n%s"
            .formatted(target.name(), START_BOUND.toSeconds(), complaint.get(), tail()));
  }

  /**
   * Calls the function once more.
   *
   * @throws BenchException if the answer is not right
   */
  public void check(Probe probe) throws IOException, InterruptedException {
    Optional<String> complaint = probe.complaint(uri);
    if (complaint.isPresent()) {
      throw new BenchException(target.name() + ' ' + complaint.get() + '\n' + tail());
    }
  }

  /** Sends it a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    if (new ProcessBuilder("kill", "-s", name, pid).inheritIO().start().waitFor() != 0) {
      throw new BenchException("cannot send " + name + " to " + target.name());
    }
  }

  /**
   * Waits for its end.
   *
   * @param bound how long
   * @return its exit code; empty if it still runs
   */
  public OptionalInt awaitEnd(Duration bound) throws InterruptedException {
    return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  /** Ends the process without asking, also one that is stopped. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }

  /** Ends the process: asks first, and kills it if it has not ended after 15 seconds. */
  @Override
  public void close() {
    stop(STOP_BOUND);
  }

  /**
   * Ends the process: asks first, and kills it if that takes too long.
   *
   * @param bound how long it may take
   */
  void stop(Duration bound) {
    process.destroy();
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }
}
