package dev.snowshed.simulation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What was asked for on the command line. Immutable.
 *
 * @param paths scenario files, and folders of them
 * @param more whether the further scenarios that come with the simulator belong to them; if not,
 *     and without paths, those that are built in are meant
 * @param limits names of limits, in the order of the rows, without the oracle
 * @param sensitivity whether variants of the host's controller are compared instead
 * @param seeds how many runs of each, 1 or more
 * @param json where to write the figures as data
 */
record Options(
    List<Path> paths,
    boolean more,
    List<String> limits,
    boolean sensitivity,
    int seeds,
    Optional<Path> json) {
  private static final String MORE = "more";

  private static final int MOST_SEEDS = 1000;
  static final int DEFAULT_SEEDS = 10;
  private static final int LINE = 90;

  /** What {@code --help} prints. */
  static String help() {
    return """
        usage: ./snowshed simulate [FILE|DIR|more …] [option…]
               ./snowshed simulate fleet [option…]
               ./snowshed simulate scaling [option…]

        Plays overload scenarios in virtual time with each limit in front of the same host, and
        compares what they are worth. FILE is a scenario, DIR a folder of them (*.yaml, *.yml);
        'more' stands for further ones that come with the simulator; without any, those that are
        built in. 'fleet' plays fleets of hosts instead; see ./snowshed simulate fleet --help.
        'scaling' plays fleets that an autoscaler sizes; see ./snowshed simulate scaling --help.

          --limits a,b   these limits alone (default: all); oracle and none are always among the
                         rows
          --sensitivity  compare the host's own limit with itself: each of its constants and
                         settings halved and doubled, one at a time
          --seeds N      runs of each, with the seeds 1 to N (default %d)
          --json FILE    write the figures as data
          --help         print this

        The limits are
        %s

        The built-in scenarios with all limits and ten seeds take some minutes on two cores.

        G       goodput within the deadline, by that of the oracle: the best fixed limit in
                hindsight without a queue. The headline is the minimum of G
        T       p99 latency of what was let in, by the p99 on an idle host
        F       share refused while the offered load was at most 90 %% of capacity
        C       seconds from a step until the oracle's goodput is reached again
        R       seconds from the end of the trigger until a retry storm is over
        J       Jain's fairness index where several functions are scored
        excess  p99 latency above that of an idle host, by the deadline
        Behind ± is half the 95 %% interval over the seeds; - where a score does not apply.

        The JSON holds "seeds"; "results": for each scenario and limit its "scenario", "limit",
        "G", "T", "F", "C", "R", "J" and "excess" as {"mean","low","high"} or null,
        "goodputPerSecond", "p50Millis", "p99Millis", and "functions" with "name",
        "goodputPerSecond", "rejectedShare" and "p99Millis" of each; "summary": for each limit that
        has a G "limit", "minG", "minGScenario", "geoMeanG", "maxExcess", the largest excess of a
        sustained overload or null, and "maxExcessScenario", "" if there was none; "oracles": for
        each scenario "scenario", "limits" by function, and "phases" with "fromSeconds" and
        "limits". docs/simulation.md explains the format of the scenarios and the scores.
        """
        .formatted(DEFAULT_SEEDS, wrapped(Limits.all().keySet()));
  }

  /** Some names to a line. */
  static String wrapped(Collection<String> names) {
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (String name : names) {
      boolean breaks = length + name.length() > LINE;
      text.append(text.isEmpty() ? "  " : breaks ? ",\n  " : ", ").append(name);
      length = (breaks ? 0 : length) + name.length() + 2;
    }
    return text.toString();
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException if an option is unknown, lacks its value or is out of range, or a path
   *     is not there
   */
  static Options parse(String... arguments) {
    List<Path> paths = new ArrayList<>();
    boolean more = false;
    Optional<List<String>> limits = Optional.empty();
    boolean sensitivity = false;
    int seeds = DEFAULT_SEEDS;
    Optional<Path> json = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--limits" -> limits = Optional.of(limits(value(arguments, ++i)));
        case "--sensitivity" -> sensitivity = true;
        case "--seeds" -> seeds = seeds(value(arguments, ++i));
        case "--json" -> json = Optional.of(writable(value(arguments, ++i)));
        case MORE -> more = true;
        default -> paths.add(path(arguments[i]));
      }
    }
    if (sensitivity && limits.isPresent()) {
      throw new UsageException(
          "--sensitivity compares the host's own limit alone; leave out --limits");
    }
    List<String> all = List.copyOf(Limits.all().keySet());
    return new Options(List.copyOf(paths), more, limits.orElse(all), sensitivity, seeds, json);
  }

  static String value(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new UsageException(arguments[at - 1] + " needs a value; see --help");
    }
    return arguments[at];
  }

  private static Path path(String argument) {
    if (argument.startsWith("-")) {
      throw new UsageException("unknown option " + argument + "; see --help");
    }
    Path path = Path.of(argument);
    if (!Files.exists(path)) {
      throw new UsageException(
          "'"
              + argument
              + "' does not exist; give scenario files, folders of them or '"
              + MORE
              + "'");
    }
    return path;
  }

  static Path writable(String argument) {
    Path file = Path.of(argument).toAbsolutePath();
    Path folder = file.getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw new UsageException(
          "--json cannot write '" + argument + "'; give a file in a folder that is there");
    }
    return file;
  }

  static int seeds(String value) {
    try {
      int seeds = Integer.parseInt(value);
      if (seeds >= 1 && seeds <= MOST_SEEDS) {
        return seeds;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "--seeds takes a whole number from 1 to " + MOST_SEEDS + ", not '" + value + "'");
  }

  /** Adds the rows that are always there. */
  private static List<String> limits(String names) {
    SequencedSet<String> limits = new LinkedHashSet<>(Arrays.asList(names.split(",", -1)));
    limits.remove(Limits.ORACLE);
    for (String name : limits) {
      if (!Limits.all().containsKey(name)) {
        throw new UsageException(
            "no limit is called '%s'; there are %s, %s"
                .formatted(name, Limits.ORACLE, String.join(", ", Limits.all().keySet())));
      }
    }
    limits.add(Limits.NONE);
    return List.copyOf(limits);
  }
}
