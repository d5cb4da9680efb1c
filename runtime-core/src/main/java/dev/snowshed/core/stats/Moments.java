package dev.snowshed.core.stats;

/** Count, mean and variance of what was added (Welford). Not safe for concurrent use. */
public final class Moments {
  private double count;
  private double mean;
  private double squares;

  /** Adds a value. */
  public void add(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  /** Weighs what was added so far by half, if it is more than so many values. */
  public void keepAtMost(double most) {
    if (count > most) {
      count /= 2;
      squares /= 2;
    }
  }

  /** How many values. */
  public double count() {
    return count;
  }

  /** Their mean; 0 without any. */
  public double mean() {
    return mean;
  }

  /** Their variance; 0 with fewer than two. */
  public double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }
}
