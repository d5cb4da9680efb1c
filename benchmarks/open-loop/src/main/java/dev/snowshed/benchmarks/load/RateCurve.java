package dev.snowshed.benchmarks.load;

import dev.snowshed.benchmarks.http.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A rate over time, constant within each bin. Immutable. */
public final class RateCurve {

  /** The length of a trace's bins. */
  static final double TRACE_BIN_SECONDS = 0.1;

  private static final int LONGEST_TRACE = 6000;

  private final double binSeconds;
  private final double[] perSecond;

  private RateCurve(double binSeconds, double... perSecond) {
    this.binSeconds = binSeconds;
    this.perSecond = perSecond;
  }

  /** One rate, in requests per second, for some seconds. */
  public static RateCurve constant(double perSecond, double seconds) {
    return new RateCurve(seconds, perSecond);
  }

  /** A trace: requests per second in each 100 ms. */
  public static RateCurve trace(double... perSecond) {
    return new RateCurve(TRACE_BIN_SECONDS, perSecond.clone());
  }

  /**
   * Reads a trace: one number a line, the requests per second in each 100 ms; empty lines and those
   * that start with # say nothing.
   *
   * @throws BenchException if a line is no number of 0 or more, all are 0, or there are more than
   *     6000 (ten minutes)
   */
  public static RateCurve read(Path file) throws IOException {
    List<Double> rates = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        rates.add(rate(line.trim(), file, number));
      }
    }
    RateCurve curve = trace(rates.stream().mapToDouble(Double::doubleValue).toArray());
    if (curve.bins() > LONGEST_TRACE || curve.peak() <= 0) {
      throw new BenchException(
          "%s holds %d rates, of which the highest is %s; a trace takes 1 to %d, not all of them 0"
              .formatted(file, curve.bins(), curve.peak(), LONGEST_TRACE));
    }
    return curve;
  }

  private static double rate(String text, Path file, int line) {
    try {
      double rate = Double.parseDouble(text);
      if (rate >= 0 && Double.isFinite(rate)) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BenchException(
        "%s:%d: \"%s\" is no rate; a line is a number of 0 or more, requests per second in 100 ms"
            .formatted(file, line, text));
  }

  /**
   * A crowd that comes at once, as after a mention on television. The base is 1; after 8 s it grows
   * to 8 within 3 s, stays for 4 s, and falls back exponentially with a time constant of 6 s, for
   * 25 s. Each bin is multiplied by normal noise of 10 %.
   *
   * @param random the same seed gives the same crowd
   */
  public static RateCurve flashCrowd(RandomGenerator random) {
    double[] rates = new double[400];
    for (int bin = 0; bin < rates.length; bin++) {
      double noise = 1 + 0.1 * random.nextGaussian();
      rates[bin] = crowd(bin * TRACE_BIN_SECONDS) * Math.max(0, noise);
    }
    return trace(rates);
  }

  private static double crowd(double seconds) {
    if (seconds < 8) {
      return 1;
    }
    if (seconds < 11) {
      return 1 + 7 * (seconds - 8) / 3;
    }
    return seconds < 15 ? 8 : 1 + 7 * Math.exp(-(seconds - 15) / 6);
  }

  public int bins() {
    return perSecond.length;
  }

  public double binSeconds() {
    return binSeconds;
  }

  /** Requests per second in a bin, counted from 0. */
  public double perSecond(int bin) {
    return perSecond[bin];
  }

  public double seconds() {
    return binSeconds * perSecond.length;
  }

  /** The highest rate averaged over a second, or over all if the curve is shorter. */
  public double peak() {
    int width = Math.clamp(Math.round(1 / binSeconds), 1, Math.max(1, bins()));
    double peak = 0;
    for (int first = 0; first + width <= bins(); first++) {
      peak = Math.max(peak, Arrays.stream(perSecond, first, first + width).average().orElse(0));
    }
    return peak;
  }

  /** The same shape at another {@link #peak}. */
  public RateCurve withPeak(double peak) {
    double factor = peak / peak();
    return new RateCurve(binSeconds, Arrays.stream(perSecond).map(rate -> rate * factor).toArray());
  }

  /** The mean rate of what a server with a fixed capacity and no queue can carry of this. */
  public double meanBelow(double capacity) {
    return Arrays.stream(perSecond).map(rate -> Math.min(rate, capacity)).average().orElse(0);
  }
}
