package dev.snowshed.benchmarks.http;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The options of a benchmark's command line, each with a value, and how to read them. What is wrong
 * is said by a {@link BenchException}. Immutable.
 */
public final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @param defaults of every option that there is; {@code --json} and {@code --root} are always
   * @param arguments as given
   */
  public static Arguments of(Map<String, String> defaults, String... arguments) {
    Map<String, String> values = new HashMap<>(Map.of("--json", "", "--root", ""));
    values.putAll(defaults);
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      if (!values.containsKey(option)) {
        throw new BenchException("unknown option " + option + "; see --help");
      }
      if (i + 1 == arguments.length) {
        throw new BenchException(option + " needs a value; see --help");
      }
      values.put(option, arguments[i + 1]);
    }
    return new Arguments(values);
  }

  /** The value as it is. */
  public String text(String option) {
    return values.getOrDefault(option, "");
  }

  /** A whole number within a range. */
  public int whole(String option, int least, int most) {
    try {
      int number = Integer.parseInt(text(option));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BenchException(
        most == Integer.MAX_VALUE
            ? "%s takes a whole number of %d or more, not \"%s\""
                .formatted(option, least, text(option))
            : "%s takes a whole number from %d to %d, not \"%s\""
                .formatted(option, least, most, text(option)));
  }

  /** A number above 0. */
  public double positive(String option, double most) {
    return positive(option, text(option), most);
  }

  /** Numbers above 0. */
  public List<Double> positives(String option, double most) {
    return list(option, text -> positive(option, text, most));
  }

  private static double positive(String option, String text, double most) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BenchException(
        "%s takes a number above 0 and up to %.0f, not \"%s\"".formatted(option, most, text));
  }

  /** What is separated by commas, each once. */
  public <T> List<T> list(String option, Function<String, T> element) {
    return Arrays.stream(text(option).split(",", -1)).map(element).distinct().toList();
  }

  /** The flags for a JVM in {@code --jvm}. */
  public List<String> flags() {
    return Arrays.stream(text("--jvm").split(" ", -1)).filter(flag -> !flag.isBlank()).toList();
  }

  /** The file of {@code --json}. */
  public Optional<Path> json() {
    return Optional.of(text("--json"))
        .filter(file -> !file.isEmpty())
        .map(file -> Path.of(file).toAbsolutePath());
  }

  /** The project's folder, {@code --root}. */
  public Path root() {
    return Path.of(text("--root")).toAbsolutePath().normalize();
  }
}
