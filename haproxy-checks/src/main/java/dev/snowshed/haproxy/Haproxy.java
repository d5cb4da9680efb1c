package dev.snowshed.haproxy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A running HAProxy with the configuration of {@code deploy/haproxy}, on the loopback address, in
 * front of hosts that have an address each (127.0.0.1, 127.0.0.2 …) and the same three ports. Ends
 * with {@link #close}, and with this JVM at the latest. Safe for concurrent use.
 */
public final class Haproxy implements AutoCloseable {
  private static final int HOSTS_IN_FILES = 4;
  private static final Duration START_BOUND = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path folder;
  private final int port;
  private final int metricsPort;

  private Haproxy(Process process, Path folder, int port, int metricsPort) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.metricsPort = metricsPort;
    RUNNING.add(process);
  }

  /**
   * The ports of every host.
   *
   * @param function where functions are served
   * @param management where readiness is told
   * @param agent where the agent listens
   */
  public record HostPorts(int function, int management, int agent) {

    /** Three free ones. */
    public static HostPorts free() throws IOException {
      return new HostPorts(Ports.free(), Ports.free(), Ports.free());
    }
  }

  /**
   * What the configuration is adapted to.
   *
   * @param hosts how many there are, 1 to 4
   * @param ports of each
   * @param function the function that has a backend of its own
   * @param edit changes the text of each file, for what a test must know or cannot wait for
   */
  public record Setup(int hosts, HostPorts ports, String function, UnaryOperator<String> edit) {}

  /** The address of a host. */
  public static String address(int host) {
    return "127.0.0." + host;
  }

  /**
   * Copies the configuration into a folder, adapts it, and starts.
   *
   * @param root the project's folder
   * @param folder for the configuration, the socket and the log; it must be there
   * @param setup what to adapt it to
   * @throws IOException if HAProxy is not installed, refuses the configuration, or does not answer
   */
  public static Haproxy start(Path root, Path folder, Setup setup) throws IOException {
    copy(root.resolve("deploy/haproxy"), folder, setup);
    int port = Ports.free();
    ProcessBuilder builder = command(folder, "-db", "-f", "snowshed.cfg", "-f", "functions");
    int metricsPort = Ports.free();
    builder.environment().putAll(environment(setup, folder, port, metricsPort));
    Process process = start(builder);
    Haproxy haproxy = new Haproxy(process, folder, port, metricsPort);
    haproxy.awaitStart();
    return haproxy;
  }

  private static ProcessBuilder command(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("haproxy"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("haproxy.log").toFile());
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    // Debian keeps it where only root looks.
    builder
        .environment()
        .merge("PATH", "/usr/sbin:/usr/local/sbin", (path, more) -> path + ":" + more);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException("haproxy is not here; install it (Debian: apt-get install haproxy)", e);
    }
  }

  /** Whether HAProxy is here. */
  public static boolean isInstalled() {
    try {
      start(new ProcessBuilder("haproxy", "-v").redirectErrorStream(true)).destroy();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Checks configuration files as {@code haproxy -c} does.
   *
   * @param folder where they are
   * @param log where to keep what HAProxy says
   * @param files names of files and folders in the folder
   * @return what HAProxy says; empty if it takes the files without a warning
   */
  public static String check(Path folder, Path log, List<String> files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c"));
    files.forEach(file -> arguments.addAll(List.of("-f", file)));
    ProcessBuilder builder =
        command(folder, arguments.toArray(String[]::new)).redirectOutput(log.toFile());
    int code = await(start(builder));
    String said = Files.readString(log);
    return code == 0 && !said.contains("[WARNING]") ? "" : said;
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static void copy(Path source, Path folder, Setup setup) throws IOException {
    for (String map : List.of("tenant-rates.map", "tenant-concurrency.map")) {
      // What is measured here is not a tenant's share, unless a test says so.
      Files.writeString(folder.resolve(map), "- 1000000\n");
    }
    String common = setup.edit().apply(Files.readString(source.resolve("snowshed.cfg")));
    Files.writeString(folder.resolve("snowshed.cfg"), withoutHosts(common, setup.hosts()));
    Files.createDirectories(folder.resolve("functions"));
    String function = Files.readString(source.resolve("functions/greeting.cfg"));
    Files.writeString(
        folder.resolve("functions/" + setup.function() + ".cfg"),
        withoutHosts(
            setup.edit().apply(function.replace("greeting", setup.function())), setup.hosts()));
  }

  /** Takes out the lines of the hosts that are not there, as a smaller fleet would. */
  private static String withoutHosts(String text, int hosts) {
    String result = text;
    for (int host = hosts + 1; host <= HOSTS_IN_FILES; host++) {
      result = result.replaceAll("(?m)^.*\\bhost" + host + "\\b.*\\n", "");
    }
    return result;
  }

  private static Map<String, String> environment(
      Setup setup, Path folder, int port, int metricsPort) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SNOWSHED_BIND", "127.0.0.1:" + port);
    environment.put("SNOWSHED_METRICS_BIND", "127.0.0.1:" + metricsPort);
    environment.put("SNOWSHED_HAPROXY_SOCKET", folder.resolve("admin.sock").toString());
    environment.put("SNOWSHED_MAXCONN", "2000");
    environment.put("SNOWSHED_PORT", Integer.toString(setup.ports().function()));
    environment.put("SNOWSHED_MANAGEMENT_PORT", Integer.toString(setup.ports().management()));
    environment.put("SNOWSHED_AGENT_PORT", Integer.toString(setup.ports().agent()));
    for (int host = 1; host <= HOSTS_IN_FILES; host++) {
      environment.put("SNOWSHED_HOST" + host, address(host));
    }
    return environment;
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + START_BOUND.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        ask("show info");
        return;
      } catch (IOException e) {
        pause();
      }
    }
    close();
    throw new IOException("HAProxy did not start:\n" + log());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where its clients come in. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where its Prometheus exporter answers. */
  public URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** What it has written. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("haproxy.log"));
  }

  /**
   * Gives a command to its administration socket.
   *
   * @param command as HAProxy's management guide lists them
   * @return the answer
   */
  public String ask(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve("admin.sock")));
      channel.write(ByteBuffer.wrap((command + '\n').getBytes(StandardCharsets.UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The servers of a backend in the order of the configuration. */
  public List<ServerState> servers(String backend) throws IOException {
    return rows()
        .filter(row -> row.getOrDefault("pxname", "").equals(backend))
        .filter(row -> row.getOrDefault("svname", "").startsWith("host"))
        .map(ServerState::of)
        .toList();
  }

  /** One server of a backend. */
  public ServerState server(String backend, int host) throws IOException {
    return servers(backend).stream()
        .filter(state -> state.name().equals("host" + host))
        .findFirst()
        .orElseThrow(() -> new IOException("no host" + host + " in backend " + backend));
  }

  private Stream<Map<String, String>> rows() throws IOException {
    List<String> lines = ask("show stat").lines().filter(line -> !line.isBlank()).toList();
    String[] names = lines.getFirst().replace("# ", "").split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] values = line.split(",", -1);
              Map<String, String> row = new HashMap<>();
              for (int i = 0; i < names.length && i < values.length; i++) {
                row.put(names[i], values[i]);
              }
              return row;
            });
  }

  /**
   * Waits until a server is as wanted.
   *
   * @return how long that took
   * @throws IOException if it takes longer than the bound
   */
  public Duration await(String backend, int host, Duration bound, Predicate<ServerState> wanted)
      throws IOException {
    long begun = System.nanoTime();
    ServerState state = server(backend, host);
    while (!wanted.test(state)) {
      if (System.nanoTime() - begun > bound.toNanos()) {
        throw new IOException("after " + bound + " it is still " + state);
      }
      pause();
      state = server(backend, host);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }
}
