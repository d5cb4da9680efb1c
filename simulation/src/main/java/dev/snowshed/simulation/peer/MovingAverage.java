package dev.snowshed.simulation.peer;

/**
 * An exponential moving average whose first {@value #WARMUP} values count alike. After them a new
 * value counts 2 ÷ (age + 1).
 */
final class MovingAverage {
  private static final int WARMUP = 10;

  private final double weight;
  private int count;
  private double value;

  MovingAverage(int age) {
    this.weight = 2.0 / (age + 1);
  }

  /** Adds a value and returns the average. */
  double add(double added) {
    if (count < WARMUP) {
      count++;
      value += (added - value) / count;
    } else {
      value = value * (1 - weight) + added * weight;
    }
    return value;
  }
}
