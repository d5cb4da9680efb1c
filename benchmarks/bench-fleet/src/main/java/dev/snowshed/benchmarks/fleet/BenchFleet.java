package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Command;
import dev.snowshed.benchmarks.http.Scratch;
import dev.snowshed.benchmarks.load.Connections;
import dev.snowshed.benchmarks.load.LoadRun;
import dev.snowshed.benchmarks.load.LoadRun.Ended;
import dev.snowshed.benchmarks.load.OpenLoop;
import dev.snowshed.benchmarks.load.RateCurve;
import dev.snowshed.benchmarks.load.Tally;
import dev.snowshed.benchmarks.load.Window;
import dev.snowshed.haproxy.Haproxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Answers: what does a fleet lose when one of its hosts is killed, stopped or wedged, and when all
 * are restarted? Command: {@code ./snowshed bench fleet}; {@code --help} tells the options and
 * describes the JSON. Needs Linux and HAProxy.
 */
public final class BenchFleet {
  /** What one host carries: 10 connections, each held for 100 ms. */
  private static final double HOST_PER_SECOND = 100;

  private static final long DEADLINE_MILLIS = 1000;
  private static final int MOST_CONNECTIONS = 4000;
  private static final double WARM_SECONDS = 8;
  private static final long BEFORE_MILLIS = 2000;
  private static final Duration RETURN_BOUND = Duration.ofSeconds(30);

  private final Options options;
  private final Path folder;
  private final double perSecond;
  private final SplittableRandom random;
  private final Map<Contender, List<Finding>> findings = new EnumMap<>(Contender.class);

  private BenchFleet(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
    this.perSecond = options.share() * HOST_PER_SECOND * Fleet.SIZE;
    this.random = new SplittableRandom(options.seed());
  }

  /**
   * Runs the benchmark. Exits with 1 and a message if something is missing or does not start.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Command.run("fleet", Options.HELP, arguments, () -> run(Options.parse(arguments)));
  }

  private static void run(Options options) throws IOException, InterruptedException {
    if (!Haproxy.isInstalled()) {
      throw new BenchException("haproxy is not here; install it (Debian: apt-get install haproxy)");
    }
    try (Scratch scratch = Scratch.create("snowshed-fleet")) {
      new BenchFleet(options, scratch.folder()).measureAll();
    }
  }

  private void measureAll() throws IOException, InterruptedException {
    for (Contender contender : options.contenders()) {
      measure(contender);
    }
    System.out.print('\n' + Report.head());
    findings.forEach(
        (contender, list) ->
            list.forEach(finding -> System.out.print(Report.line(contender, finding))));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), Report.json(options, findings));
    }
  }

  private void measure(Contender contender) throws IOException, InterruptedException {
    say("%s: starting %d hosts and HAProxy".formatted(contender.key(), Fleet.SIZE));
    try (Fleet fleet = new Fleet(contender, options.flags(), options.root(), folder);
        Connections connections = connections(fleet)) {
      requireAll(fleet, contender);
      say("%s: %.0f requests/s".formatted(contender.key(), perSecond));
      List<Ended> _ = load(connections, perSecond / 2, WARM_SECONDS);
      List<Ended> _ = load(connections, perSecond, WARM_SECONDS);
      for (Act act : options.acts()) {
        Finding finding = perform(act, fleet, connections);
        findings.computeIfAbsent(contender, it -> new ArrayList<>()).add(finding);
        System.out.print("  " + Report.line(contender, finding));
        requireAll(fleet, contender);
      }
    }
  }

  private static Connections connections(Fleet fleet) throws IOException {
    return new Connections(
        fleet.uri(), Fleet.BODY, DEADLINE_MILLIS, MOST_CONNECTIONS, Connections.Pause.SLEEP);
  }

  private static void requireAll(Fleet fleet, Contender contender)
      throws IOException, InterruptedException {
    if (!fleet.awaitAll(RETURN_BOUND)) {
      throw new BenchException(
          "%s: not all hosts are in rotation within %d s: %s"
              .formatted(contender.key(), RETURN_BOUND.toSeconds(), fleet.states()));
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }

  private Finding perform(Act act, Fleet fleet, Connections connections)
      throws IOException, InterruptedException {
    try (ExecutorService stage = Executors.newSingleThreadExecutor();
        Watch watch = new Watch(fleet)) {
      Future<Act.Course> course =
          stage.submit(
              () -> {
                Thread.sleep(BEFORE_MILLIS);
                return act.play(fleet);
              });
      List<Ended> ended = load(connections, perSecond, act.seconds());
      return Finding.of(
          act,
          new Finding.Evidence(
              ended,
              watch.sightings(),
              course.get(),
              perSecond,
              HOST_PER_SECOND * (Fleet.SIZE - 1)));
    } catch (ExecutionException e) {
      throw new BenchException(act.title() + " went wrong: " + e.getCause());
    }
  }

  private List<Ended> load(Connections connections, double rate, double seconds)
      throws IOException {
    List<Ended> ended = new ArrayList<>();
    Window window = new Window(DEADLINE_MILLIS * 1_000_000, 0, seconds, new Window.Marks() {});
    OpenLoop arrivals = OpenLoop.poisson(RateCurve.constant(rate, seconds), random.split());
    Tally _ = LoadRun.run(connections, arrivals, window, ended::add);
    return ended;
  }
}
