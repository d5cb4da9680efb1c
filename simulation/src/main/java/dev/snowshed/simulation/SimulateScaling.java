package dev.snowshed.simulation;

import dev.snowshed.simulation.scaling.ScalingData;
import dev.snowshed.simulation.scaling.ScalingResult;
import dev.snowshed.simulation.scaling.ScalingTables;
import dev.snowshed.simulation.scaling.Scalings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers: what is each autoscaler worth, in a closed loop with the delays it has in reality?
 * Command: {@code ./snowshed simulate scaling}; {@code --help} tells the options. Results go to the
 * standard output, progress and errors to the standard error stream.
 */
final class SimulateScaling {
  private final PrintStream out;
  private final PrintStream err;

  SimulateScaling(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      out.print(ScalingOptions.help());
      return 0;
    }
    try {
      simulate(ScalingOptions.parse(arguments));
      return 0;
    } catch (UsageException e) {
      err.println("simulate scaling: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("simulate scaling: " + e);
      return 1;
    }
  }

  private void simulate(ScalingOptions options) throws IOException {
    List<ScalingResult> results = new ArrayList<>();
    try (Scalings scalings = new Scalings(Runtime.getRuntime().availableProcessors())) {
      for (String scenario : options.scenarios()) {
        ScalingResult result =
            options.sensitivity()
                ? scalings.vary(scenario, options.seeds())
                : scalings.compare(scenario, options.seeds());
        out.println(ScalingTables.of(result));
        err.println(scenario);
        results.add(result);
      }
    }
    if (!options.sensitivity()) {
      out.print(ScalingTables.verdicts(results));
    }
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), ScalingData.json(results));
    }
  }
}
