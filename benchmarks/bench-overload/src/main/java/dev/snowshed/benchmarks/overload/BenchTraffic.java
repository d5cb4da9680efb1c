package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Command;
import dev.snowshed.benchmarks.http.Scratch;
import dev.snowshed.benchmarks.http.Server;
import dev.snowshed.benchmarks.http.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Answers: how right is what a host says it carries ({@code GET /snowshed/traffic}), against a
 * sweep of the load? Command: {@code ./snowshed bench traffic}; {@code --help} tells the options.
 * Needs Linux and taskset.
 */
public final class BenchTraffic {
  private static final String FACTORS = "0.5,0.7,0.9,1.2,2,5";
  private static final String SECONDS = "15";

  private static final String HELP =
      """
      usage: ./snowshed bench traffic [option…]

      A sweep of the load finds the highest goodput of one host. Another one, which was warmed up at
      the lowest share and so has not seen its limit, is offered shares of that goodput by rising
      rate, and after each is asked what it carries (GET /snowshed/traffic).

      It takes the options of ./snowshed bench overload and heeds --functions, --factors (default
      %s), --seconds (default %s), --settle, --warmup, --probe, --seed, --pin, --jvm and --root.
      By default it takes about five minutes.

      An asterisk at the share: others used more than a tenth of the machine meanwhile.
      """
          .formatted(FACTORS, SECONDS);

  private static final String HEAD =
      "%-12s %9s %8s %9s %10s %7s  %s%n"
          .formatted("function", "knee rps", "offered", "estimate", "95 %", "error", "source");

  private final Options options;
  private final Path folder;
  private final Target target;

  private BenchTraffic(Options options, Path folder, Services services) {
    this.options = options;
    this.folder = folder;
    this.target = Targets.named("snowshed", 1).with(services.environment());
  }

  /**
   * Runs the benchmark. Exits with 1 and a message if something is missing.
   *
   * @param arguments see the class
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Stream<String> defaults = Stream.of("--factors", FACTORS, "--seconds", SECONDS);
    String[] all = Stream.concat(defaults, Arrays.stream(arguments)).toArray(String[]::new);
    Command.run("traffic", HELP, arguments, () -> run(Options.parse(all)));
  }

  private static void run(Options options) throws IOException, InterruptedException {
    options.pinning().pinGenerator();
    try (Scratch scratch = Scratch.create("snowshed-bench");
        Services services = new Services()) {
      BenchTraffic bench = new BenchTraffic(options, scratch.folder(), services);
      StringBuilder table = new StringBuilder(HEAD);
      for (Workload workload : options.workloads()) {
        table.append(bench.compare(workload));
      }
      System.out.print("\n" + table);
    }
  }

  private String compare(Workload workload) throws IOException, InterruptedException {
    double knee = knee(workload);
    Progress.say("%s: the knee is at %.0f requests/s".formatted(workload.title(), knee));
    StringBuilder rows = new StringBuilder();
    Server.Place place = place();
    try (Server server = start(place);
        HttpClient client = HttpClient.newHttpClient()) {
      server.awaitAnswer(BenchOverload.probe(client, workload));
      try (Visitor visitor = new Visitor(options, workload, server, 0)) {
        List<Double> factors = options.factors().stream().sorted().toList();
        visitor.warmUpBelow(factors.getFirst() * knee);
        for (double factor : factors) {
          Phase phase = visitor.offer(factor, knee);
          rows.append(row(workload, knee, phase, TrafficAnswer.read(client, place, workload)));
        }
      }
    }
    return rows.toString();
  }

  private double knee(Workload workload) throws IOException, InterruptedException {
    try (Server server = start(place());
        HttpClient client = HttpClient.newHttpClient()) {
      server.awaitAnswer(BenchOverload.probe(client, workload));
      try (Visitor visitor = new Visitor(options, workload, server, 0)) {
        return visitor.knee();
      }
    }
  }

  private Server start(Server.Place place) throws IOException {
    return Server.start(
        target, options.pinning().target(), options.flags(), options.root(), folder, place);
  }

  private static Server.Place place() throws IOException {
    return new Server.Place("127.0.0.1", freePort(), freePort(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String row(Workload workload, double knee, Phase phase, TrafficAnswer answer) {
    String offered = "%.2f%s".formatted(phase.factor(), phase.disturbed() ? "*" : "");
    if (answer.isUnknown()) {
      return "%-12s %9.0f %8s %9s %10s %7s  %s%n"
          .formatted(workload.title(), knee, offered, "-", "-", "-", answer.unknownBecause());
    }
    return String.format(
        Locale.ROOT,
        "%-12s %9.0f %8s %9.0f %10s %6.1f%%  %s%n",
        workload.title(),
        knee,
        offered,
        answer.value(),
        "%.0f-%.0f".formatted(answer.low(), answer.high()),
        100 * (answer.value() / knee - 1),
        answer.source());
  }

  /**
   * What a host said of one function. Immutable.
   *
   * @param value requests per second; not a number if unknown
   * @param low lower end of its interval
   * @param high upper end of it
   * @param source measured or extrapolated
   * @param unknownBecause why there is no number
   */
  record TrafficAnswer(
      double value, double low, double high, String source, String unknownBecause) {

    static TrafficAnswer read(HttpClient client, Server.Place place, Workload workload)
        throws IOException, InterruptedException {
      URI uri =
          URI.create(
              "http://%s:%d/snowshed/traffic".formatted(place.address(), place.management()));
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return of(body, workload.title());
    }

    /** Reads the JSON of {@code GET /snowshed/traffic}. */
    static TrafficAnswer of(String json, String function) {
      int at = json.indexOf("\"name\":\"" + function + "\"");
      if (at < 0) {
        throw new BenchException("the host knows nothing of " + function + ": " + json);
      }
      String own = json.substring(at);
      String estimate = after(own, "safeThroughput");
      if (!estimate.startsWith("{")) {
        return new TrafficAnswer(Double.NaN, Double.NaN, Double.NaN, "", text(own));
      }
      return new TrafficAnswer(
          number(estimate, "value"),
          number(estimate, "low"),
          number(estimate, "high"),
          after(estimate, "source").split("\"", -1)[1],
          "");
    }

    boolean isUnknown() {
      return Double.isNaN(value);
    }

    private static String text(String json) {
      String[] quoted = after(json, "unknownBecause").split("\"", -1);
      return quoted.length > 1 ? quoted[1] : "";
    }

    private static double number(String json, String key) {
      return Double.parseDouble(after(json, key).split("[,}]", -1)[0].strip());
    }

    private static String after(String json, String key) {
      int at = json.indexOf("\"" + key + "\":");
      if (at < 0) {
        throw new BenchException("the host says nothing of " + key + ": " + json);
      }
      return json.substring(at + key.length() + 3).stripLeading();
    }
  }
}
