package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers: how many requests per second does this host serve beside its peers, at what latency,
 * start-up time and memory? Command: {@code ./snowshed bench http}; {@code --help} tells the
 * options and describes the JSON. Needs Linux and wrk.
 */
public final class BenchHttp {
  private static final Duration TRAINING_BOUND = Duration.ofMinutes(2);
  private static final int TRAINING_SECONDS = 5;

  /** How often a load is measured again while something else keeps the machine busy. */
  private static final int REPEATS = 2;

  private final Options options;
  private final Path folder;
  private final Exchange exchange;
  private final Wrk wrk;
  private final Map<Target, Result> results = new LinkedHashMap<>();

  private BenchHttp(Options options, Path folder, Exchange exchange) throws IOException {
    this.options = options;
    this.folder = folder;
    this.exchange = exchange;
    this.wrk = new Wrk(folder, options.connections());
    options.targets().forEach(target -> results.put(target, new Result(target.name())));
  }

  /**
   * Runs the benchmark. Exits with 1 and a message if a target cannot be started, answers wrongly
   * or fails under load.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Command.run("http", Options.HELP, arguments, () -> run(Options.parse(arguments)));
  }

  private static void run(Options options) throws IOException, InterruptedException {
    Target.requireBuilt(options.targets(), options.root(), "http");
    try (Scratch scratch = Scratch.create("snowshed-bench");
        Exchange exchange = new Exchange()) {
      new BenchHttp(options, scratch.folder(), exchange).measureAll();
    }
  }

  private void measureAll() throws IOException, InterruptedException {
    for (Target target : options.targets()) {
      if (target.aotCache()) {
        train(target);
      }
    }
    for (int round = 0; round < options.starts(); round++) {
      List<Target> order = new ArrayList<>(options.targets());
      Collections.rotate(order, -round);
      for (Target target : order) {
        visit(target, round);
      }
    }
    System.out.print("\n" + Report.table(options, results.values()));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), Report.json(options, results.values()));
    }
  }

  private void train(Target target) throws IOException, InterruptedException {
    System.out.println(target.name() + ": training the AOT cache");
    Path cache = cache(target);
    Server server =
        Server.start(target, flags("-XX:AOTCacheOutput=" + cache), options.root(), folder);
    try {
      server.awaitAnswer(exchange);
      wrk.run(server.uri(), TRAINING_SECONDS);
    } finally {
      server.stop(TRAINING_BOUND);
    }
    if (!Files.exists(cache)) {
      throw new BenchException("the training run of " + target.name() + " wrote no AOT cache");
    }
  }

  private Path cache(Target target) {
    return folder.resolve(target.name() + ".aot");
  }

  private List<String> flags(String more) {
    List<String> flags = new ArrayList<>(options.flags());
    flags.add(more);
    return flags;
  }

  private void visit(Target target, int round) throws IOException, InterruptedException {
    List<String> flags =
        target.aotCache() ? flags("-XX:AOTCache=" + cache(target)) : options.flags();
    Result result = results.computeIfAbsent(target, added -> new Result(added.name()));
    try (Server server = Server.start(target, flags, options.root(), folder)) {
      double startupMillis = server.awaitAnswer(exchange);
      result.addStartup(startupMillis);
      System.out.printf("round %d %-26s start %5.0f ms", round + 1, target.name(), startupMillis);
      if (round < options.rounds()) {
        Sample sample = load(server);
        result.add(sample);
        System.out.printf(
            "  %7.0f req/s  p99 %6.2f ms  CPU %5.1f us  RSS %4.0f MiB  elsewhere %2.0f %%",
            sample.load().requestsPerSecond(),
            sample.load().p99Micros() / 1e3,
            sample.cpuMicrosPerRequest(),
            sample.rssMib(),
            sample.elsewhere() * 100);
      }
      System.out.println();
    }
  }

  private Sample load(Server server) throws IOException, InterruptedException {
    wrk.run(server.uri(), options.warmupSeconds());
    Sample best = measure(server);
    for (int again = 0; again < REPEATS && best.elsewhere() > Report.DISTURBED; again++) {
      Sample sample = measure(server);
      if (sample.elsewhere() < best.elsewhere()) {
        best = sample;
      }
    }
    server.check(exchange);
    return best;
  }

  private Sample measure(Server server) throws IOException, InterruptedException {
    long pid = server.pid();
    Proc.CpuTime machineBefore = Proc.machine();
    long serverBefore = Proc.cpuMicros(pid);
    long wrkBefore = Proc.endedChildrenCpuMicros();
    Load load = wrk.run(server.uri(), options.seconds());
    long wrkMicros = Proc.endedChildrenCpuMicros() - wrkBefore;
    long serverMicros = Proc.cpuMicros(pid) - serverBefore;
    Proc.CpuTime machineAfter = Proc.machine();
    double total = machineAfter.totalMicros() - machineBefore.totalMicros();
    double others =
        machineAfter.busyMicros() - machineBefore.busyMicros() - serverMicros - wrkMicros;
    return new Sample(
        load,
        (double) serverMicros / load.requests(),
        Math.max(0, others / Math.max(1, total)),
        Proc.statusKib(pid, "VmRSS") / 1024.0,
        Proc.statusKib(pid, "VmHWM") / 1024.0);
  }
}
