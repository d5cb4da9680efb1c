package dev.snowshed.benchmarks.http;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was asked for on the command line. Immutable.
 *
 * @param rounds how often each target is started and loaded, 1 or more
 * @param starts how often each target is started at least, not less than {@code rounds}
 * @param seconds how long each load is measured, 1 or more
 * @param warmupSeconds how long each target is loaded before that, 1 or more
 * @param connections kept busy by wrk, 1 or more
 * @param targets what to measure, not empty
 * @param flags the JVM's flags, the same for every target
 * @param json where to write the figures as data
 * @param root the project's folder
 */
record Options(
    int rounds,
    int starts,
    int seconds,
    int warmupSeconds,
    int connections,
    List<Target> targets,
    List<String> flags,
    Optional<Path> json,
    Path root) {

  /** The flags of every target's JVM unless told: a small heap, the rest as the JVM chooses. */
  private static final String DEFAULT_FLAGS = "-Xms64m -Xmx256m";

  /** What {@code --help} prints. */
  static final String HELP =
      """
      usage: ./snowshed bench http [option…]

      Starts this host and its peers one after another, each in a process of its own, in several
      rounds whose order rotates; loads each with wrk over loopback, and compares.

        --rounds N       starts and loads of each target (default 5)
        --starts N       starts of each target, at least; those beyond the rounds are not loaded
                         (default 7)
        --seconds S      seconds of measured load (default 8)
        --warmup S       seconds of load before that (default 15)
        --connections C  connections kept busy (default 32)
        --only a,b       these targets alone: %s
        --jvm "FLAGS"    JVM flags of every target (default %s)
        --json FILE      write the figures as data
        --root DIR       the project's folder (default: the current one)

      The ratio is to %s of the same round. CPU is the server's own per request: it stays true
      when something else disturbs the machine; a load during which others used more than a tenth
      of it is measured again, twice at most, and the calmest counts. Start-up is from the start of the process to the
      first right answer. RSS is read right after the load, and its peak since the start.

      The JSON holds "machine" (processors, java, flags), "options", and "targets": for each its
      "name" and, as {"median","min","max","samples"}, "requestsPerSecond", "ratio", "p50Micros",
      "p99Micros", "cpuMicrosPerRequest", "elsewhere" (share of the machine that neither the server
      nor wrk used but others did), "startupMillis", "rssMib" and "peakRssMib".
      """
          .formatted(
              Target.all().stream().map(Target::name).collect(Collectors.joining(", ")),
              DEFAULT_FLAGS,
              Target.CEILING);

  /**
   * Reads the command line.
   *
   * @param arguments as given
   * @throws BenchException if one is unknown, lacks its value or is out of range
   */
  static Options parse(String... arguments) {
    int rounds = 5;
    int starts = 7;
    int seconds = 8;
    int warmupSeconds = 15;
    int connections = 32;
    List<Target> targets = Target.all();
    String flags = DEFAULT_FLAGS;
    Optional<Path> json = Optional.empty();
    Path root = Path.of("");
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      if (i + 1 == arguments.length) {
        throw new BenchException(option + " needs a value, or is unknown; see --help");
      }
      String value = arguments[i + 1];
      switch (option) {
        case "--rounds" -> rounds = positive(option, value);
        case "--starts" -> starts = positive(option, value);
        case "--seconds" -> seconds = positive(option, value);
        case "--warmup" -> warmupSeconds = positive(option, value);
        case "--connections" -> connections = positive(option, value);
        case "--only" -> targets = named(value);
        case "--jvm" -> flags = value;
        case "--json" -> json = Optional.of(Path.of(value).toAbsolutePath());
        case "--root" -> root = Path.of(value);
        default -> throw new BenchException("unknown option " + option + "; see --help");
      }
    }
    return new Options(
        rounds,
        Math.max(rounds, starts),
        seconds,
        warmupSeconds,
        connections,
        targets,
        Arrays.stream(flags.split(" ", -1)).filter(flag -> !flag.isBlank()).toList(),
        json,
        root.toAbsolutePath().normalize());
  }

  private static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BenchException(option + " takes a whole number of 1 or more, not \"" + value + '"');
  }

  private static List<Target> named(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(
            name ->
                Target.all().stream()
                    .filter(target -> target.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new BenchException(
                                "no target is called \"%s\"; there are %s"
                                    .formatted(
                                        name,
                                        Target.all().stream()
                                            .map(Target::name)
                                            .collect(Collectors.joining(", "))))))
        .toList();
  }
}
