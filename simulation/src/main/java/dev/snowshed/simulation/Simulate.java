package dev.snowshed.simulation;

import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.report.Data;
import dev.snowshed.simulation.report.Result;
import dev.snowshed.simulation.report.Summary;
import dev.snowshed.simulation.report.Tables;
import dev.snowshed.simulation.scenario.BuiltInScenarios;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.ScenarioException;
import dev.snowshed.simulation.scenario.ScenarioReader;
import dev.snowshed.simulation.score.Runs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Answers: what is each limit worth in each scenario? Command: {@code ./snowshed simulate}; {@code
 * --help} tells the options and describes the JSON. With {@code fleet} as its first argument, see
 * {@link SimulateFleet}, with {@code traffic} {@link SimulateTraffic}, with {@code scaling} {@link
 * SimulateScaling}. Results go to the standard output, progress and errors to the standard error
 * stream.
 */
public final class Simulate {
  private static final String FLEET = "fleet";
  private static final String TRAFFIC = "traffic";
  private static final String SCALING = "scaling";

  private final PrintStream out;
  private final PrintStream err;

  Simulate(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the simulator. Exits with 2 if it was called in a wrong way, with 1 if a scenario cannot
   * be read or the results cannot be written.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    int code = new Simulate(System.out, System.err).run(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  int run(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(FLEET)) {
      return new SimulateFleet(out, err).run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
    if (arguments.length > 0 && arguments[0].equals(TRAFFIC)) {
      return new SimulateTraffic(out, err).run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
    if (arguments.length > 0 && arguments[0].equals(SCALING)) {
      return new SimulateScaling(out, err).run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
    if (List.of(arguments).contains("--help")) {
      out.print(Options.help());
      return 0;
    }
    try {
      simulate(Options.parse(arguments));
      return 0;
    } catch (UsageException e) {
      err.println("simulate: " + e.getMessage());
      return 2;
    } catch (ScenarioException e) {
      err.println("simulate: " + e.getMessage());
      return 1;
    } catch (IOException e) {
      err.println("simulate: " + e);
      return 1;
    }
  }

  private void simulate(Options options) throws IOException {
    List<Scenario> scenarios = scenarios(options);
    List<Long> seeds = LongStream.rangeClosed(1, options.seeds()).boxed().toList();
    SequencedMap<String, GateFactory> gates =
        options.sensitivity() ? Sensitivity.variants() : limits(options.limits());
    List<Result> results = new ArrayList<>();
    try (Runs runs = new Runs(Runtime.getRuntime().availableProcessors())) {
      Comparison comparison = new Comparison(runs, seeds, line -> report(results, scenarios, line));
      for (Scenario scenario : scenarios) {
        Result result = comparison.compare(scenario, gates);
        results.add(result);
        if (!options.sensitivity()) {
          out.println(Tables.of(result));
        }
      }
    }
    out.print(options.sensitivity() ? variants(results) : Tables.of("limit", Summary.of(results)));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), Data.json(results, seeds));
    }
  }

  private void report(List<Result> done, List<Scenario> all, String line) {
    err.printf("[%d/%d] %s%n", done.size() + 1, all.size(), line);
  }

  private static String variants(List<Result> results) {
    return Tables.of(
        "setting",
        Summary.of(results).stream()
            .filter(summary -> !summary.limit().equals(Limits.ORACLE))
            .toList());
  }

  private static SequencedMap<String, GateFactory> limits(List<String> names) {
    SequencedMap<String, GateFactory> chosen = new LinkedHashMap<>();
    names.forEach(name -> chosen.put(name, Objects.requireNonNull(Limits.all().get(name))));
    return chosen;
  }

  private static List<Scenario> scenarios(Options options) throws IOException {
    if (options.paths().isEmpty() && !options.more()) {
      return BuiltInScenarios.all();
    }
    ScenarioReader reader = new ScenarioReader();
    List<Scenario> scenarios =
        new ArrayList<>(options.more() ? BuiltInScenarios.more() : List.of());
    Set<String> names = new HashSet<>();
    scenarios.forEach(scenario -> names.add(scenario.name()));
    for (Path file : files(options.paths())) {
      Scenario scenario = reader.read(file);
      if (!names.add(scenario.name())) {
        throw new UsageException(
            "two scenarios are called '" + scenario.name() + "', the second in " + file);
      }
      scenarios.add(scenario);
    }
    return scenarios;
  }

  private static List<Path> files(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      List<Path> inside = yaml(path);
      if (inside.isEmpty()) {
        throw new UsageException("there is no scenario (*.yaml, *.yml) in '" + path + "'");
      }
      files.addAll(inside);
    }
    return files;
  }

  private static List<Path> yaml(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    }
  }
}
