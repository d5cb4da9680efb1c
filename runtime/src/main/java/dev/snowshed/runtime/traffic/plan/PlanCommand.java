package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.FunctionCapacity;
import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.PlanRequest;
import dev.snowshed.core.traffic.Planner;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ./snowshed plan}. */
public final class PlanCommand {
  private PlanCommand() {}

  /** Ends the process with 0, 1 if what a plan needs is not known, or 2 for misuse. */
  public static void main(String... arguments) {
    System.exit(
        run(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /** The same with the exit code as its result. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(PlanOptions.USAGE);
      return 0;
    }
    try {
      out.print(plan(PlanOptions.parse(arguments)));
      return 0;
    } catch (PlanException e) {
      err.println("snowshed: " + e.getMessage());
      return e.exitCode();
    }
  }

  private static String plan(PlanOptions options) throws PlanException {
    KnownCapacities known = KnownCapacities.read(options.from());
    Map<String, FunctionCapacity> capacities = new LinkedHashMap<>();
    for (String function : options.request().mix().keySet()) {
      capacities.put(function, known.of(function));
    }
    Plan plan = plan(options.request(), capacities);
    return switch (options.output()) {
      case TEXT -> PlanText.of(options.request(), plan, known, capacities);
      case JSON -> PlanJson.of(options.request(), plan, known).toPrettyString() + '\n';
      case YAML -> PlanPatches.of(options.request(), plan, known);
    };
  }

  private static Plan plan(PlanRequest request, Map<String, FunctionCapacity> capacities)
      throws PlanException {
    try {
      return Planner.plan(request, capacities);
    } catch (IllegalArgumentException e) {
      throw PlanException.misuse(e.getMessage() + "; lower --rps, or look at what the hosts say");
    }
  }
}
