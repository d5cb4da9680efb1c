package dev.snowshed.core.dependency;

import java.util.SplittableRandom;

/** Good and bad times of a dependency, by chance. Asked with a time that does not go back. */
final class Weather {
  private final SplittableRandom random;
  private final double goodSeconds;
  private final double badSeconds;
  private boolean bad;
  private double untilSeconds;

  /**
   * Begins with good times.
   *
   * @param goodSeconds how long good times last on average
   * @param badSeconds how long bad times last on average
   */
  Weather(SplittableRandom random, double goodSeconds, double badSeconds) {
    this.random = random;
    this.goodSeconds = goodSeconds;
    this.badSeconds = badSeconds;
    this.untilSeconds = length(goodSeconds);
  }

  boolean isBad(double seconds) {
    while (seconds >= untilSeconds) {
      bad = !bad;
      untilSeconds += length(bad ? badSeconds : goodSeconds);
    }
    return bad;
  }

  private double length(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
