package dev.snowshed.benchmarks.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** Every option with its default. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--rounds", "5",
          "--starts", "7",
          "--seconds", "8",
          "--warmup", "15",
          "--connections", "32",
          "--only", "",
          "--jvm", DEFAULT_FLAGS);

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
    Arguments given = Arguments.of(DEFAULTS, arguments);
    int rounds = given.whole("--rounds", 1, Integer.MAX_VALUE);
    return new Options(
        rounds,
        Math.max(rounds, given.whole("--starts", 1, Integer.MAX_VALUE)),
        given.whole("--seconds", 1, Integer.MAX_VALUE),
        given.whole("--warmup", 1, Integer.MAX_VALUE),
        given.whole("--connections", 1, Integer.MAX_VALUE),
        given.text("--only").isEmpty() ? Target.all() : given.list("--only", Options::named),
        given.flags(),
        given.json(),
        given.root());
  }

  private static Target named(String name) {
    return Target.all().stream()
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
                                .collect(Collectors.joining(", ")))));
  }
}
