package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.PlanRequest;
import dev.snowshed.core.traffic.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command was told.
 *
 * @param request the peak
 * @param from addresses and files with hosts' answers to {@code GET /snowshed/traffic}
 * @param output how to print the plan
 */
record PlanOptions(PlanRequest request, List<String> from, Output output) {
  static final String USAGE =
      """
      Usage: ./snowshed plan --rps NUMBER --mix FUNCTION=SHARE,… [OPTION…]

      How many instances carry a coming peak, from what running hosts say they carry.

        --rps NUMBER        requests per second at the peak, over all functions and instances
        --mix F=SHARE,…     each function's share of them; they add up to 1. One function needs no share
        --headroom SHARE    how much of the safe throughput to plan with; 0.8 by default
        --zones NUMBER      over how many zones the instances are spread; 3 by default, 1 for none
        --from URL|FILE     a host's management port, or a file with its answer to /snowshed/traffic;
                            http://localhost:9000 by default. Several are averaged
        --output KIND       text (the default), json, or yaml: patches for the files in deploy/
      """;

  private static final double TOLERANCE = 0.005;

  /** How a plan is printed. */
  enum Output {
    TEXT,
    JSON,
    YAML
  }

  /**
   * Reads them.
   *
   * @throws PlanException if they are not understood
   */
  static PlanOptions parse(String... arguments) throws PlanException {
    Reading reading = new Reading();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (i + 1 == arguments.length) {
        throw PlanException.misuse(
            "the option '" + name + "' is not known or lacks its value; --help tells the options");
      }
      reading.take(name, arguments[i + 1]);
    }
    return reading.options();
  }

  /** What has been read. */
  private static final class Reading {
    private double perSecond = Double.NaN;
    private @Nullable Map<String, Double> mix;
    private double headroom = Scaling.DEFAULT.headroom();
    private int zones = 3;
    private final List<String> from = new ArrayList<>();
    private Output output = Output.TEXT;

    void take(String name, String value) throws PlanException {
      switch (name) {
        case "--rps" -> perSecond = positive(name, value);
        case "--mix" -> mix = mix(value);
        case "--headroom" -> headroom = headroom(value);
        case "--zones" -> zones = zones(value);
        case "--from" -> from.add(value);
        case "--output" -> output = output(value);
        default ->
            throw PlanException.misuse(
                "there is no option '" + name + "'; --help tells those that there are");
      }
    }

    PlanOptions options() throws PlanException {
      if (Double.isNaN(perSecond)) {
        throw PlanException.misuse("--rps is missing: how many requests per second will come?");
      }
      if (mix == null) {
        throw PlanException.misuse(
            "--mix is missing: which functions are they for? For example"
                + " --mix quote=0.7,markdown=0.3");
      }
      return new PlanOptions(
          new PlanRequest(perSecond, mix, new Scaling(headroom), zones),
          from.isEmpty() ? List.of("http://localhost:9000") : List.copyOf(from),
          output);
    }

    private static double positive(String name, String value) throws PlanException {
      double number = number(name, value);
      if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
        throw PlanException.misuse(name + " is '" + value + "'; it has to be a number above 0");
      }
      return number;
    }

    private static double headroom(String value) throws PlanException {
      double share = number("--headroom", value);
      if (!(share > 0 && share <= 1)) {
        throw PlanException.misuse(
            "--headroom is '" + value + "'; it has to be above 0 and at most 1, for example 0.8");
      }
      return share;
    }

    private static int zones(String value) throws PlanException {
      double zones = number("--zones", value);
      if (zones < 1 || zones != Math.rint(zones) || zones > 100) {
        throw PlanException.misuse(
            "--zones is '" + value + "'; it has to be a whole number from 1 to 100");
      }
      return (int) zones;
    }

    private static Output output(String value) throws PlanException {
      for (Output output : Output.values()) {
        if (output.name().toLowerCase(Locale.ROOT).equals(value)) {
          return output;
        }
      }
      throw PlanException.misuse("--output is '" + value + "'; it has to be text, json or yaml");
    }

    private static double number(String name, String value) throws PlanException {
      try {
        return Double.parseDouble(value.replace("_", ""));
      } catch (NumberFormatException e) {
        throw PlanException.misuse(name + " is '" + value + "'; it has to be a number");
      }
    }

    private static Map<String, Double> mix(String value) throws PlanException {
      Map<String, Double> mix = new LinkedHashMap<>();
      for (String part : Arrays.asList(value.split(",", -1))) {
        int equals = part.indexOf('=');
        boolean alone = equals < 0 && !value.contains(",");
        if (equals == 0 || part.isEmpty() || (equals < 0 && !alone)) {
          throw PlanException.misuse(
              "--mix has '" + part + "'; each part is FUNCTION=SHARE, for example quote=0.7");
        }
        String function = alone ? part : part.substring(0, equals);
        double share = alone ? 1 : positive("--mix " + function, part.substring(equals + 1));
        if (mix.put(function, share) != null) {
          throw PlanException.misuse("--mix names '" + function + "' twice");
        }
      }
      return normal(mix);
    }

    /** So that 0.33 and 0.67, or three times 0.333, will do. */
    private static Map<String, Double> normal(Map<String, Double> mix) throws PlanException {
      double sum = mix.values().stream().mapToDouble(Double::doubleValue).sum();
      if (Math.abs(sum - 1) > TOLERANCE) {
        throw PlanException.misuse(
            String.format(
                Locale.ROOT, "the shares of --mix add up to %.4g; they have to add up to 1", sum));
      }
      mix.replaceAll((function, share) -> share / sum);
      return mix;
    }
  }
}
