package dev.snowshed.simulation.scenario;

import dev.snowshed.simulation.scenario.Entry.Fields;
import dev.snowshed.simulation.scenario.Schedule.Step;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads scenario files. The format is described in docs/simulation.md. Safe for concurrent use.
 *
 * <p>Where the format leaves it open: before the first step of {@code arrivals}, and of each of
 * their cycles, nothing arrives, before that of {@code wait} there is none, before that of {@code
 * cpu} a request takes no CPU time, before that of {@code cpuCost} the factor is 1. A title that is
 * not given is the name. Anchors and aliases are read as YAML has them.
 */
public final class ScenarioReader {
  private static final double MOST_RPS = 1e6;
  private static final double MOST_COST = 1e6;
  private static final double MOST_SIGMA = 5;
  private static final int MOST_CORES = 4096;
  private static final int MOST_IN_POOL = 1_000_000;
  private static final int MOST_RETRIES = 100;

  /** How far the weights of a mix may be from 1 in sum: three thirds may be written as 0.333. */
  private static final double WEIGHT_TOLERANCE = 2e-3;

  /** How many values a file may hold once its aliases are written out. */
  private static final int MOST_VALUES = 100_000;

  private final LoadSettings settings =
      LoadSettings.builder().setMaxAliasesForCollections(MOST_VALUES).setUseMarks(true).build();

  /**
   * Reads a file.
   *
   * @throws ScenarioException if it cannot be read, or is wrong
   */
  public Scenario read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      return read(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new ScenarioException(name + ": is not UTF-8");
    } catch (IOException e) {
      throw new ScenarioException("cannot read " + file + ": " + e.getMessage());
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name, for messages
   * @param text what it holds
   * @throws ScenarioException if it is wrong
   */
  public Scenario read(String file, String text) {
    Entry entry = new Entry(file, "the scenario", compose(file, text));
    if (entry.values(MOST_VALUES) > MOST_VALUES) {
      throw entry.wrong("has more than " + MOST_VALUES + " values, those of its aliases included");
    }
    return scenario(entry);
  }

  private Node compose(String file, String text) {
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new ScenarioException(file + ": is empty"));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new ScenarioException(file + line + ": is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ScenarioException(file + ": is not YAML: " + e.getMessage());
    }
  }

  private static Scenario scenario(Entry entry) {
    Fields fields =
        entry.fields(
            "name",
            "title",
            "duration",
            "scoreFrom",
            "scoreUntil",
            "cores",
            "cpuCost",
            "stalls",
            "functions");
    String name = fields.get("name").text();
    long duration = fields.get("duration").positiveNanos();
    long scoreUntil = fields.has("scoreUntil") ? fields.get("scoreUntil").nanos() : duration;
    if (scoreUntil > duration) {
      throw fields.get("scoreUntil").wrong("scoreUntil must not be after the end, the duration");
    }
    long scoreFrom = fields.has("scoreFrom") ? fields.get("scoreFrom").nanos() : 0;
    if (scoreFrom >= scoreUntil) {
      String end = fields.has("scoreUntil") ? "scoreUntil" : "the end, the duration";
      throw fields
          .get(fields.has("scoreFrom") ? "scoreFrom" : "scoreUntil")
          .wrong("scoreFrom must be before " + end);
    }
    return new Scenario(
        name,
        fields.has("title") ? fields.get("title").text() : name,
        duration,
        scoreFrom,
        scoreUntil,
        fields.get("cores").whole(1, MOST_CORES),
        fields.has("cpuCost") ? costs(fields.get("cpuCost")) : Schedule.always(constantCost(1, 0)),
        fields.has("stalls") ? stalls(fields.get("stalls")) : List.of(),
        functions(fields.get("functions")));
  }

  private static CostFactor constantCost(double cost, long fromNanos) {
    return new CostFactor(cost, cost, fromNanos, fromNanos);
  }

  private static Schedule<CostFactor> costs(Entry entry) {
    return schedule(
        steps(entry, ScenarioReader::cost, "from", "cost", "rampTo", "until"), constantCost(1, 0));
  }

  private static CostFactor cost(Fields fields, Long from) {
    double cost = fields.get("cost").positive(MOST_COST);
    if (!fields.has("rampTo") && !fields.has("until")) {
      return constantCost(cost, from);
    }
    double rampTo = fields.get("rampTo").positive(MOST_COST);
    long until = fields.get("until").nanos();
    if (until <= from) {
      throw fields.get("until").wrong("until must be after from");
    }
    return new CostFactor(cost, rampTo, from, until);
  }

  private static List<Stall> stalls(Entry entry) {
    return entry.items().stream().map(ScenarioReader::stall).toList();
  }

  private static Stall stall(Entry entry) {
    Fields fields = entry.fields("every", "for");
    return new Stall(fields.get("every").positiveNanos(), fields.get("for").positiveNanos());
  }

  private static List<FunctionLoad> functions(Entry entry) {
    List<FunctionLoad> functions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry item : entry.items()) {
      FunctionLoad function = function(item);
      if (!names.add(function.name())) {
        throw item.wrong("two functions are called '" + function.name() + "'");
      }
      functions.add(function);
    }
    return functions;
  }

  private static FunctionLoad function(Entry entry) {
    Fields fields =
        entry.fields(
            "name",
            "deadline",
            "arrivals",
            "wait",
            "cpu",
            "pool",
            "instrumented",
            "scored",
            "client");
    return new FunctionLoad(
        fields.get("name").text(),
        fields.get("deadline").positiveNanos(),
        arrivals(fields.get("arrivals")),
        fields.has("wait")
            ? schedule(durations(fields.get("wait")), Distribution.ZERO)
            : Schedule.always(Distribution.ZERO),
        schedule(durations(fields.get("cpu")), Distribution.ZERO),
        fields.has("pool") ? Optional.of(pool(fields.get("pool"))) : Optional.empty(),
        fields.has("instrumented") && fields.get("instrumented").truth(),
        !fields.has("scored") || fields.get("scored").truth(),
        fields.has("client") ? Optional.of(client(fields.get("client"))) : Optional.empty());
  }

  private static Schedule<Double> arrivals(Entry entry) {
    if (!entry.isMapping()) {
      return schedule(rates(entry), 0.0);
    }
    Fields fields = entry.fields("cycle", "steps");
    long cycle = fields.get("cycle").positiveNanos();
    List<Step<Double>> steps = fromStart(rates(fields.get("steps")), 0.0);
    if (steps.getLast().fromNanos() >= cycle) {
      throw fields.get("steps").items().getLast().wrong("from must be before the end of the cycle");
    }
    return new Schedule<>(steps, cycle);
  }

  private static List<Step<Double>> rates(Entry entry) {
    return steps(entry, (fields, from) -> fields.get("rps").number(0, MOST_RPS), "from", "rps");
  }

  private static Pool pool(Entry entry) {
    Fields fields = entry.fields("size", "hold");
    return new Pool(fields.get("size").whole(1, MOST_IN_POOL), distribution(fields.get("hold")));
  }

  private static Client client(Entry entry) {
    Fields fields = entry.fields("timeout", "retries", "backoff", "cancels");
    return new Client(
        fields.get("timeout").positiveNanos(),
        fields.get("retries").whole(0, MOST_RETRIES),
        distribution(fields.get("backoff")),
        fields.has("cancels") && fields.get("cancels").truth());
  }

  private static <T> List<Step<T>> steps(
      Entry entry, BiFunction<Fields, Long, T> value, String... allowed) {
    List<Step<T>> steps = new ArrayList<>();
    for (Entry item : entry.items()) {
      Fields fields = item.fields(allowed);
      long from = fields.get("from").nanos();
      if (!steps.isEmpty() && from <= steps.getLast().fromNanos()) {
        throw fields.get("from").wrong("from must be after that of the step before");
      }
      steps.add(new Step<>(from, value.apply(fields, from)));
    }
    return steps;
  }

  private static <T> Schedule<T> schedule(List<Step<T>> steps, T before) {
    return new Schedule<>(fromStart(steps, before), 0);
  }

  private static <T> List<Step<T>> fromStart(List<Step<T>> steps, T before) {
    if (steps.getFirst().fromNanos() > 0) {
      steps.addFirst(new Step<>(0, before));
    }
    return steps;
  }

  private static List<Step<Distribution>> durations(Entry entry) {
    return steps(
        entry,
        (fields, from) -> named(fields),
        "from",
        "exponential",
        "constant",
        "uniform",
        "lognormal",
        "mix");
  }

  private static Distribution distribution(Entry entry) {
    return named(entry.fields("exponential", "constant", "uniform", "lognormal", "mix"));
  }

  /** The one distribution among some keys. */
  private static Distribution named(Fields fields) {
    List<Entry> found =
        fields.byKey().values().stream()
            .filter(entry -> !Set.of("from", "p").contains(entry.what()))
            .toList();
    if (found.size() != 1) {
      throw fields
          .of()
          .wrong(
              fields.of().what()
                  + " needs one distribution (exponential, constant, uniform, lognormal or mix), not "
                  + found.size());
    }
    Entry entry = found.getFirst();
    return switch (entry.what()) {
      case "exponential" -> new Distribution.Exponential(entry.nanos());
      case "constant" -> new Distribution.Constant(entry.nanos());
      case "uniform" -> uniform(entry);
      case "lognormal" -> logNormal(entry);
      default -> mix(entry);
    };
  }

  private static Distribution uniform(Entry entry) {
    List<Entry> bounds = entry.items();
    if (bounds.size() != 2) {
      throw entry.wrong("uniform needs two bounds, not " + bounds.size());
    }
    long low = bounds.getFirst().nanos();
    long high = bounds.getLast().nanos();
    if (high < low) {
      throw entry.wrong("the second bound of uniform must not be below the first");
    }
    return new Distribution.Uniform(low, high);
  }

  private static Distribution logNormal(Entry entry) {
    Fields fields = entry.fields("mean", "sigma");
    return new Distribution.LogNormal(
        fields.get("mean").nanos(), fields.get("sigma").number(0, MOST_SIGMA));
  }

  private static Distribution mix(Entry entry) {
    List<Double> weights = new ArrayList<>();
    List<Distribution> parts = new ArrayList<>();
    for (Entry item : entry.items()) {
      Fields fields = item.fields("p", "exponential", "constant", "uniform", "lognormal", "mix");
      weights.add(fields.get("p").number(0, 1));
      parts.add(named(fields));
    }
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
      throw entry.wrong("the weights p of a mix must add up to 1, not " + (float) sum);
    }
    return new Distribution.Mix(
        IntStream.range(0, parts.size())
            .mapToObj(i -> new Distribution.Part(weights.get(i) / sum, parts.get(i)))
            .toList());
  }
}
