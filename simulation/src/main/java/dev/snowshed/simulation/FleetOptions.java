package dev.snowshed.simulation;

import dev.snowshed.simulation.fleet.Fleets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line of {@code ./snowshed simulate fleet}. Immutable.
 *
 * @param hosts sizes of fleets
 * @param events names of what befalls them
 * @param policies names of how they are run, in the order of the rows
 * @param seeds how many runs of each, 1 or more; of large fleets less
 * @param json where to write the figures as data
 */
record FleetOptions(
    List<Integer> hosts,
    List<String> events,
    List<String> policies,
    int seeds,
    Optional<Path> json) {
  private static final List<Integer> DEFAULT_HOSTS = List.of(3, 10, 100);
  private static final int LEAST_HOSTS = 3;
  private static final int MOST_HOSTS = 1000;

  /** What {@code --help} prints. */
  static String help() {
    return """
        usage: ./snowshed simulate fleet [option…]

        Plays fleets of hosts behind a balancer in virtual time, lets something befall them, and
        compares ways to run them. Base load is %.0f %% of what the fleet can compute.

          --hosts 3,10     sizes of the fleets, %d to %d (default %s)
          --events a,b     these events alone (default: all)
          --policies a,b   these policies alone (default: all)
          --seeds N        runs of each fleet of three, with the seeds 1 to N (default %d); of a
                           larger one as many times fewer
          --json FILE      write the figures as data
          --help           print this

        The events are
        %s

        The policies are
        %s

        goodput   requests answered in time, by those that could have been: what was asked for, or
                  what the hosts that were left could compute, whichever was less; from the event to
                  the end of the run. Behind ± is half the 95 %% interval over the seeds
        worst 10  the same in the worst ten seconds in a row
        ready     smallest share of the hosts that the balancer thought ready, and of those that
                  were alive and not told to stop
        recovery  seconds from the event's begin, or end, until goodput is 0.95 again and stays so
        lost      attempts in a run that heard nothing, or whose connection was refused or cut
        no host   attempts in a run for which the balancer had no host
        refused   share of the attempts that hosts refused
        attempts  for each request

        docs/simulation.md explains the model, the events, the policies and the JSON.
        """
        .formatted(
            100 * Fleets.LOAD,
            LEAST_HOSTS,
            MOST_HOSTS,
            String.join(",", DEFAULT_HOSTS.stream().map(String::valueOf).toList()),
            Options.DEFAULT_SEEDS,
            Options.wrapped(Fleets.events()),
            Options.wrapped(Fleets.policies()));
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException if an option is unknown, lacks its value or is out of range
   */
  static FleetOptions parse(String... arguments) {
    List<Integer> hosts = DEFAULT_HOSTS;
    List<String> events = Fleets.events();
    List<String> policies = Fleets.policies();
    int seeds = Options.DEFAULT_SEEDS;
    Optional<Path> json = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--hosts" -> hosts = hosts(Options.value(arguments, ++i));
        case "--events" -> events = names("event", Options.value(arguments, ++i), events);
        case "--policies" -> policies = names("policy", Options.value(arguments, ++i), policies);
        case "--seeds" -> seeds = Options.seeds(Options.value(arguments, ++i));
        case "--json" -> json = Optional.of(Options.writable(Options.value(arguments, ++i)));
        default -> throw new UsageException("unknown argument " + arguments[i] + "; see --help");
      }
    }
    return new FleetOptions(hosts, events, policies, seeds, json);
  }

  private static List<Integer> hosts(String value) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : value.split(",", -1)) {
      sizes.add(hostsOf(size));
    }
    return List.copyOf(sizes);
  }

  private static int hostsOf(String size) {
    try {
      int hosts = Integer.parseInt(size);
      if (hosts >= LEAST_HOSTS && hosts <= MOST_HOSTS) {
        return hosts;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "--hosts takes whole numbers from %d to %d, such as 3,10, not '%s'"
            .formatted(LEAST_HOSTS, MOST_HOSTS, size));
  }

  private static List<String> names(String what, String value, List<String> known) {
    List<String> names = Arrays.stream(value.split(",", -1)).distinct().toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException(
            "no %s is called '%s'; there are %s".formatted(what, name, String.join(", ", known)));
      }
    }
    return names;
  }
}
