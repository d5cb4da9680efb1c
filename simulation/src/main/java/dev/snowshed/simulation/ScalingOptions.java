package dev.snowshed.simulation;

import dev.snowshed.simulation.scaling.Scalings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line of {@code ./snowshed simulate scaling}. Immutable.
 *
 * @param scenarios their names
 * @param sensitivity whether variants of our autoscaler are compared instead
 * @param seeds how many runs of each, 1 or more
 * @param json where to write the figures as data
 */
record ScalingOptions(List<String> scenarios, boolean sensitivity, int seeds, Optional<Path> json) {
  private static final int DEFAULT_SEEDS = 5;

  /** What {@code --help} prints. */
  static String help() {
    return """
        usage: ./snowshed simulate scaling [option…]

        Plays fleets in virtual time that an autoscaler sizes, with the delays it has in reality,
        and compares autoscalers.

          --only a,b       these scenarios alone (default: all)
          --sensitivity    compare our autoscaler with itself: each of its parameters halved and
                           doubled, one at a time
          --seeds N        runs of each, with the seeds 1 to N (default %d)
          --json FILE      write the figures as data
          --help           print this

        The scenarios are
        %s

        The autoscalers are
        %s

        goodput         requests answered in time, by all. Behind ± is half the 95 %% interval over
                        the seeds
        instance-hours  that are paid for, from when a pod is created until it has gone
        below target    seconds in bins of ten in which less than 0.98 was answered in time
        most            instances at once, in any run
        from the third  goodput from the third to the seventh minute after the scenario's change
        better than     who has at least the goodput of ours at fewer hours, or more at no more,
                        noise set aside; of the two ways that ours can be deployed

        docs/scaling.md explains the model, the autoscalers and the JSON.
        """
        .formatted(
            DEFAULT_SEEDS,
            Options.wrapped(Scalings.scenarios()),
            Options.wrapped(Scalings.autoscalers()));
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException if an option is unknown, lacks its value or is out of range
   */
  static ScalingOptions parse(String... arguments) {
    List<String> scenarios = Scalings.scenarios();
    boolean sensitivity = false;
    int seeds = DEFAULT_SEEDS;
    Optional<Path> json = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--only" -> scenarios = scenarios(Options.value(arguments, ++i));
        case "--sensitivity" -> sensitivity = true;
        case "--seeds" -> seeds = Options.seeds(Options.value(arguments, ++i));
        case "--json" -> json = Optional.of(Options.writable(Options.value(arguments, ++i)));
        default -> throw new UsageException("unknown argument " + arguments[i] + "; see --help");
      }
    }
    return new ScalingOptions(scenarios, sensitivity, seeds, json);
  }

  private static List<String> scenarios(String value) {
    List<String> names = Arrays.stream(value.split(",", -1)).distinct().toList();
    for (String name : names) {
      if (!Scalings.scenarios().contains(name)) {
        throw new UsageException(
            "no scenario is called '%s'; there are %s"
                .formatted(name, String.join(", ", Scalings.scenarios())));
      }
    }
    return names;
  }
}
