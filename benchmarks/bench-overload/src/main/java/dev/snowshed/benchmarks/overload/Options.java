package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.Arguments;
import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Target;
import dev.snowshed.benchmarks.load.RateCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What was asked for on the command line. Immutable.
 *
 * @param rounds how often each target is started for each function, 1 or more
 * @param seconds how long each phase counts, 1 or more
 * @param settleSeconds how long each phase runs before it counts, 0 or more
 * @param warmupSeconds how long each target is loaded before anything is measured, 1 or more
 * @param probeSeconds how long each step of the search for the capacity takes, 1 or more
 * @param connections at once, at most
 * @param maxRate the highest rate to offer, requests per second
 * @param factors of the capacity, not empty, each above 0
 * @param even whether arrivals are evenly spaced, instead of random
 * @param seed of the arrivals
 * @param pinning of generator and target
 * @param workloads what to call, not empty
 * @param targets what to measure, not empty
 * @param trace a shape to replay instead of the factors
 * @param peak the trace's peak as a multiple of the capacity
 * @param flags the JVM's flags, the same for every target
 * @param json where to write the figures as data
 * @param root the project's folder
 */
record Options(
    int rounds,
    int seconds,
    int settleSeconds,
    int warmupSeconds,
    int probeSeconds,
    int connections,
    int maxRate,
    List<Double> factors,
    boolean even,
    long seed,
    Pinning pinning,
    List<Workload> workloads,
    List<Target> targets,
    Optional<RateCurve> trace,
    double peak,
    List<String> flags,
    Optional<Path> json,
    Path root) {

  private static final String FLASH_CROWD = "flash-crowd";

  /** More would run out of ports and file descriptors. */
  private static final int MOST_CONNECTIONS = 16_384;

  private static final int MOST_RATE = 200_000;
  private static final int LONGEST_SECONDS = 600;
  private static final double MOST_FACTOR = 1000;

  /** Every option with its default. */
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("--factors", "0.5,1,2,5,10");
    DEFAULTS.put("--rounds", "1");
    DEFAULTS.put("--seconds", "10");
    DEFAULTS.put("--settle", "2");
    DEFAULTS.put("--warmup", "10");
    DEFAULTS.put("--probe", "2");
    DEFAULTS.put("--only", Targets.names().replace(" ", ""));
    DEFAULTS.put("--functions", Workload.names().replace(" ", ""));
    DEFAULTS.put("--fixed", "32");
    DEFAULTS.put("--spacing", "poisson");
    DEFAULTS.put("--seed", "1");
    DEFAULTS.put("--connections", "4096");
    DEFAULTS.put("--max-rate", "40000");
    DEFAULTS.put("--pin", "cores");
    DEFAULTS.put("--trace", "");
    DEFAULTS.put("--peak", "4");
    DEFAULTS.put("--jvm", "-Xms256m -Xmx512m");
  }

  /** What {@code --help} prints. */
  static final String HELP =
      """
      usage: ./snowshed bench overload [option…]

      Starts this host and its peers one after another, finds out how much each can carry of each
      function, then offers multiples of that, and compares what is still answered in time. Only the
      loopback address is loaded. Needs Linux, two processors and taskset, or --pin none.

        --factors a,b    offered rates as multiples of the target's own capacity (default %s)
        --seconds S      seconds of each phase that count (default %s)
        --settle S       seconds of each phase before that (default %s)
        --warmup S       seconds of load before anything is measured (default %s)
        --probe S        seconds of each step of the search for the capacity (default %s)
        --rounds N       starts of each target for each function; figures are medians (default %s);
                         a round of everything takes about 40 minutes
        --only a,b       these targets alone: %s
        --functions a,b  these functions alone: %s
        --fixed N        the limit of snowshed-fixed (default %s)
        --spacing KIND   poisson or constant (default %s)
        --seed N         of the arrivals (default %s); the same seed, the same arrivals
        --connections C  connections at once, at most (default %s)
        --max-rate R     the highest rate to offer, requests per second (default %s)
        --pin KIND       cores: the generator on processor 0, the target on 1, so that its JVM sees
                         one processor; or none (default %s)
        --trace FILE     replay a pattern of arrivals instead of the factors. FILE has one number a
                         line, the requests per second in each 100 ms; # begins a remark
        --trace %s
                         a generated one: the base rate for 8 s, within 3 s up to 8 times that, 4 s
                         there, then an exponential fall with a time constant of 6 s for 25 s; each
                         bin with 10 %% of normal noise from the seed
        --peak X         the trace is scaled so that its busiest second is X times the target's
                         capacity (default %s)
        --jvm "FLAGS"    JVM flags of every target (default %s)
        --json FILE      write the figures as data
        --root DIR       the project's folder (default: the current one)

      The functions: bench-cpu calculates about 2 ms; bench-io asks twenty services over HTTP, one
      after another; bench-pool holds one of 10 connections for three such exchanges; each with a
      deadline of 500 ms, sent as X-Request-Timeout. The services are played by the generator's
      process, and answer after 5 ms, however many ask.

      The generator sends each request when it is due, however late the answers are (open loop), and
      measures latency from then on (no coordinated omission). Good are answers with 200 within
      the deadline; goodput is how many come per second. Refusals are answers with 429 or 503 within the deadline. Whatever is answered
      later, or not within 250 ms more, is late; other answers and broken connections have failed;
      unsent are requests for which all connections were waiting for answers, or the generator had no
      time.

      The capacity is the highest goodput of clients that wait for their answers, 8 of them, then 16
      and so on until it stops to rise, and then of open arrivals at rising rates. Ratios are to the
      target's best goodput at any rate, in a trace to the mean of what lies below its capacity. The
      CPU time of a refusal is what the target used more of in the phase with the most refusals
      than in that with the next most, less what it served more at the cost of a served request
      at the highest rate without refusals, divided by the refusals that there were more. Beside it
      stand the CPU time of such a served request, and that of a call of bench-plain, which does
      nothing, at saturation by 8 clients.

      A phase in which the generator was more than 5 ms late in one of a hundred requests is tried
      again, three times at most; at 0.7 of the rate if nothing else used the machine and the rate
      was above 5000 per second: such a phase is marked with ^, as is one beyond --max-rate. One that
      still lagged is marked with ! and is not valid.

      The JSON holds "machine" (processors, java, flags, pin), "options" (factors, seconds, settle,
      spacing, seed, trace), and "results", one for each function and target: "function", "target",
      then as {"median","min","max","samples"} over the rounds "capacityPerSecond",
      "bestPerSecond" (the reachable one in a trace), "plainCpuMicros", "servedCpuMicros" and
      "refusalCpuMicros" (null if there were too few), then "phases", each with its "factor" and as spreads "goodputRatio",
      "goodputPerSecond", "p50Millis", "p99Millis", "refusedP99Millis" and "latenessP99Millis", with
      "valid" and "capped"; and "rounds", for each a list of its phases with "factor",
      "ratePerSecond" (to offer), "capped", "valid", "seconds", the counts "offered", "good",
      "refused", "late", "failed", "unsent" and "served" (with 200, late ones too),
      "goodputPerSecond", the percentiles, "cpuMicros" (of the target), "elsewhere" (share of the
      machine that others used) and "goodBySecond" (answers).
      """
          .formatted(
              DEFAULTS.get("--factors"),
              DEFAULTS.get("--seconds"),
              DEFAULTS.get("--settle"),
              DEFAULTS.get("--warmup"),
              DEFAULTS.get("--probe"),
              DEFAULTS.get("--rounds"),
              Targets.names(),
              Workload.names(),
              DEFAULTS.get("--fixed"),
              DEFAULTS.get("--spacing"),
              DEFAULTS.get("--seed"),
              DEFAULTS.get("--connections"),
              DEFAULTS.get("--max-rate"),
              DEFAULTS.get("--pin"),
              FLASH_CROWD,
              DEFAULTS.get("--peak"),
              DEFAULTS.get("--jvm"));

  /**
   * Reads the command line.
   *
   * @param arguments as given
   * @throws BenchException if one is unknown, lacks its value or is out of range
   * @throws IOException if the trace cannot be read
   */
  static Options parse(String... arguments) throws IOException {
    Arguments given = Arguments.of(DEFAULTS, arguments);
    int fixed = given.whole("--fixed", 1, 1_000_000);
    long seed = given.whole("--seed", 0, Integer.MAX_VALUE);
    return new Options(
        given.whole("--rounds", 1, 100),
        given.whole("--seconds", 1, LONGEST_SECONDS),
        given.whole("--settle", 0, LONGEST_SECONDS),
        given.whole("--warmup", 1, LONGEST_SECONDS),
        given.whole("--probe", 1, LONGEST_SECONDS),
        given.whole("--connections", 1, MOST_CONNECTIONS),
        given.whole("--max-rate", 1, MOST_RATE),
        given.positives("--factors", MOST_FACTOR),
        oneOf(given, "--spacing", "poisson", "constant").equals("constant"),
        seed,
        oneOf(given, "--pin", "cores", "none").equals("cores") ? Pinning.CORES : Pinning.NONE,
        given.list("--functions", Workload::named),
        given.list("--only", name -> Targets.named(name, fixed)),
        trace(given.text("--trace"), seed),
        given.positive("--peak", MOST_FACTOR),
        given.flags(),
        given.json(),
        given.root());
  }

  private static String oneOf(Arguments given, String option, String... choices) {
    String text = given.text(option);
    if (!List.of(choices).contains(text)) {
      throw new BenchException(
          "%s takes %s, not \"%s\"".formatted(option, String.join(" or ", choices), text));
    }
    return text;
  }

  private static Optional<RateCurve> trace(String trace, long seed) throws IOException {
    if (trace.isEmpty()) {
      return Optional.empty();
    }
    if (trace.equals(FLASH_CROWD)) {
      return Optional.of(RateCurve.flashCrowd(new SplittableRandom(seed)));
    }
    if (!Files.isReadable(Path.of(trace))) {
      throw new BenchException(
          "--trace takes a readable file or %s, not \"%s\"".formatted(FLASH_CROWD, trace));
    }
    return Optional.of(RateCurve.read(Path.of(trace)));
  }
}
