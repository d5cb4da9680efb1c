package dev.snowshed.simulation;

import dev.snowshed.simulation.scenario.BuiltInScenarios;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.ScenarioException;
import dev.snowshed.simulation.scenario.ScenarioReader;
import dev.snowshed.simulation.traffic.Accuracy;
import dev.snowshed.simulation.traffic.AccuracyTable;
import dev.snowshed.simulation.traffic.Judged;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Answers: how right is what the traffic model says a host carries? Command: {@code ./snowshed
 * simulate traffic}; {@code --help} tells the options. Results go to the standard output, progress
 * and errors to the standard error stream.
 */
final class SimulateTraffic {
  private static final String MORE = "more";
  private static final double PART = 0.65;
  private static final double LEAST_SHARE = 0.01;

  private final PrintStream out;
  private final PrintStream err;

  SimulateTraffic(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  static String help() {
    return """
        usage: ./snowshed simulate traffic [FILE|more …] [option…]

        Plays scenarios in virtual time with the host's admission and its traffic model, which gets
        the signals that it has in a host: counters and processor time. Each second what it says a
        host carries is held against what the scenario's host really does.

          --at-most X    scale the load so that its peak is X of capacity, such as 0.65 (default:
                         both tables, as it is and at most %.2f)
          --seeds N      runs of each, with the seeds 1 to N (default %d)
          --help         print this

        true      requests per second of this function alone at the end of the run: what cores, or
                  its pool, carry
        estimate  the mean of what the model said at the end of each run that ended with a number
        error     the largest error at the end of a run
        worst     the largest error in any second, those beyond the bar included but not the stale
        numbers   share of all seconds with a number
        in 95 %%   share of the numbers whose 95 %% interval held the truth
        wrong     seconds with a number more than 10 %% off, or 15 %% while at most 70 %% of the
                  capacity has been asked for; ten seconds or more after it changed
        stale     the same sooner after it changed
        unknown   runs that ended without a number, and why

        Exits with 1 if there was a wrong second.
        """
        .formatted(PART, Options.DEFAULT_SEEDS);
  }

  int run(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      out.print(help());
      return 0;
    }
    try {
      return simulate(arguments);
    } catch (UsageException e) {
      err.println("simulate traffic: " + e.getMessage());
      return 2;
    } catch (ScenarioException | IOException e) {
      err.println("simulate traffic: " + e.getMessage());
      return 1;
    }
  }

  private int simulate(String... arguments) throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    OptionalDouble share = OptionalDouble.empty();
    int seeds = Options.DEFAULT_SEEDS;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> seeds = Options.seeds(Options.value(arguments, ++i));
        case "--at-most" -> share = OptionalDouble.of(share(Options.value(arguments, ++i)));
        case MORE -> scenarios.addAll(BuiltInScenarios.more());
        default -> scenarios.add(scenario(arguments[i]));
      }
    }
    List<Scenario> played = scenarios.isEmpty() ? BuiltInScenarios.all() : scenarios;
    int wrong = 0;
    if (share.isEmpty()) {
      wrong += table("as they are", played, seeds);
    }
    double atMost = share.orElse(PART);
    List<Scenario> scaled =
        played.stream().map(scenario -> Accuracy.atMost(scenario, atMost)).toList();
    wrong += table("with at most %.2f of capacity".formatted(atMost), scaled, seeds);
    return wrong == 0 ? 0 : 1;
  }

  private static Scenario scenario(String argument) throws IOException {
    if (argument.startsWith("-")) {
      throw new UsageException("unknown option " + argument + "; see --help");
    }
    return new ScenarioReader().read(Path.of(argument));
  }

  private static double share(String value) {
    try {
      double share = Double.parseDouble(value);
      if (share >= LEAST_SHARE && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException("--at-most takes a share from 0.01 to 1, not '" + value + "'");
  }

  private int table(String how, List<Scenario> scenarios, int seeds) {
    AccuracyTable table = new AccuracyTable();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<List<Judged>>> runs =
          scenarios.stream()
              .map(scenario -> threads.submit(() -> Accuracy.playAll(scenario, seeds)))
              .toList();
      for (int i = 0; i < runs.size(); i++) {
        table.add(scenarios.get(i), runs.get(i).get());
        err.printf("%s, %s%n", scenarios.get(i).name(), how);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    out.println("Scenarios " + how);
    out.println();
    out.println(table);
    return table.wrong();
  }
}
