package dev.snowshed.simulation;

import dev.snowshed.simulation.fleet.FleetData;
import dev.snowshed.simulation.fleet.FleetResult;
import dev.snowshed.simulation.fleet.FleetTables;
import dev.snowshed.simulation.fleet.Fleets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers: what is each way to run a fleet worth when something befalls it? Command: {@code
 * ./snowshed simulate fleet}; {@code --help} tells the options. Results go to the standard output,
 * progress and errors to the standard error stream.
 */
final class SimulateFleet {
  private final PrintStream out;
  private final PrintStream err;

  SimulateFleet(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      out.print(FleetOptions.help());
      return 0;
    }
    try {
      simulate(FleetOptions.parse(arguments));
      return 0;
    } catch (UsageException e) {
      err.println("simulate fleet: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("simulate fleet: " + e);
      return 1;
    }
  }

  private void simulate(FleetOptions options) throws IOException {
    List<FleetResult> results = new ArrayList<>();
    try (Fleets fleets = new Fleets(Runtime.getRuntime().availableProcessors())) {
      for (int hosts : options.hosts()) {
        for (String event : options.events()) {
          List<FleetResult> rows =
              fleets.compare(hosts, event, options.policies(), options.seeds());
          out.println(FleetTables.of(rows));
          err.printf("%d hosts, %s%n", hosts, event);
          results.addAll(rows);
        }
      }
    }
    out.print(FleetTables.summary(results));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), FleetData.json(results));
    }
  }
}
