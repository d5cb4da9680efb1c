package dev.snowshed.core.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts a rate by Holt's linear method with a damped trend (Gardner and McKenzie, Forecasting
 * trends in time series, 1985), with intervals from the errors that forecasts of one step had
 * (Hyndman and others, Forecasting with Exponential Smoothing, 2008, table 6.2).
 *
 * <p>Steps of ten seconds. After two days the shape of the day, in pieces of ten minutes, is taken
 * out before and put back after. Not safe for concurrent use.
 */
final class HoltForecast {
  private static final long STEP_NANOS = 10_000_000_000L;
  private static final double ALPHA = 0.4;
  private static final double BETA = 0.1;
  private static final double DAMPING = 0.9;
  private static final double ERROR_MEMORY = 0.05;
  private static final int LEAST_STEPS = 6;
  private static final double Z95 = 1.96;

  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int PIECES = 144;
  private static final long PIECE_NANOS = DAY_NANOS / PIECES;
  private static final double DAY_MEMORY = 0.3;

  private final double[] day = new double[PIECES];
  private final int[] daysSeen = new int[PIECES];
  private int piece = -1;
  private double pieceSum;
  private int pieceSteps;

  private long stepFrom = Long.MIN_VALUE;
  private double stepCount;

  private int steps;
  private double level;
  private double trend;
  private double variance;

  /** Counts first tries that came until a time. */
  void add(double count, long nowNanos) {
    if (stepFrom == Long.MIN_VALUE) {
      stepFrom = nowNanos;
      return;
    }
    stepCount += count;
    if (nowNanos - stepFrom >= STEP_NANOS) {
      step(stepCount * 1e9 / (nowNanos - stepFrom), nowNanos);
      stepFrom = nowNanos;
      stepCount = 0;
    }
  }

  private void step(double perSecond, long nowNanos) {
    learnDay(perSecond, nowNanos);
    double value = perSecond / season(nowNanos);
    double expected = level + DAMPING * trend;
    double error = value - expected;
    if (steps == 0) {
      level = value;
    } else {
      double weight = Math.max(ERROR_MEMORY, 1.0 / steps);
      variance += weight * (error * error - variance);
      level = expected + ALPHA * error;
      trend = DAMPING * trend + ALPHA * BETA * error;
    }
    steps++;
  }

  private void learnDay(double perSecond, long nowNanos) {
    int now = piece(nowNanos);
    if (now != piece) {
      if (piece >= 0 && pieceSteps > 0) {
        double mean = pieceSum / pieceSteps;
        day[piece] += (daysSeen[piece] == 0 ? 1 : DAY_MEMORY) * (mean - day[piece]);
        daysSeen[piece]++;
      }
      piece = now;
      pieceSum = 0;
      pieceSteps = 0;
    }
    pieceSum += perSecond;
    pieceSteps++;
  }

  /** How a time of day stands to the day's mean; 1 while that is not known. */
  private double season(long nanos) {
    if (Arrays.stream(daysSeen).anyMatch(seen -> seen < 2)) {
      return 1;
    }
    double mean = Arrays.stream(day).average().orElse(0);
    return mean <= 0 ? 1 : Math.max(0.01, day[piece(nanos)] / mean);
  }

  private static int piece(long nanos) {
    return (int) (Math.floorMod(nanos, DAY_NANOS) / PIECE_NANOS);
  }

  /** What is expected so far ahead; empty in the first minute. */
  List<Forecast> ahead(long nowNanos, long... nanosAhead) {
    List<Forecast> forecasts = new ArrayList<>();
    if (steps >= LEAST_STEPS) {
      for (long ahead : nanosAhead) {
        forecasts.add(ahead(nowNanos, ahead));
      }
    }
    return forecasts;
  }

  private Forecast ahead(long nowNanos, long aheadNanos) {
    int count = (int) Math.max(1, Math.ceilDiv(aheadNanos, STEP_NANOS));
    double damped = 0;
    double spread = 1;
    double factor = 1;
    for (int i = 1; i <= count; i++) {
      factor *= DAMPING;
      damped += factor;
      if (i < count) {
        double weight = ALPHA * (1 + BETA * damped);
        spread += weight * weight;
      }
    }
    double season = season(nowNanos + aheadNanos);
    double mean = Math.max(0, level + damped * trend) * season;
    double half = Z95 * Math.sqrt(variance * spread) * season;
    return new Forecast(aheadNanos, mean, Math.max(0, mean - half), mean + half);
  }
}
