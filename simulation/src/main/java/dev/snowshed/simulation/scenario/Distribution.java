package dev.snowshed.simulation.scenario;

import java.util.List;
import java.util.random.RandomGenerator;

/** A distribution of durations, in nanoseconds. Immutable. */
public sealed interface Distribution {
  /** Nothing takes no time. */
  Distribution ZERO = new Constant(0);

  /**
   * Draws a duration.
   *
   * @param random where chance comes from
   * @return 0 or more
   */
  double sample(RandomGenerator random);

  /** The mean. */
  double mean();

  /**
   * Memoryless.
   *
   * @param mean 0 or more
   */
  record Exponential(double mean) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return -mean * Math.log1p(-random.nextDouble());
    }
  }

  /**
   * Always the same.
   *
   * @param value 0 or more
   */
  record Constant(double value) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return value;
    }

    @Override
    public double mean() {
      return value;
    }
  }

  /**
   * Anything between two bounds, alike.
   *
   * @param low 0 or more
   * @param high not below {@code low}
   */
  record Uniform(double low, double high) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return low + (high - low) * random.nextDouble();
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }
  }

  /**
   * The logarithm is normal.
   *
   * @param mean of the durations themselves, 0 or more
   * @param sigma standard deviation of their logarithm, 0 or more
   */
  record LogNormal(double mean, double sigma) implements Distribution {
    @Override
    public double sample(RandomGenerator random) {
      return mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }
  }

  /**
   * One of several, by chance.
   *
   * @param parts not empty; their weights add up to 1
   */
  record Mix(List<Part> parts) implements Distribution {
    /** Copies the parts. */
    public Mix {
      parts = List.copyOf(parts);
    }

    @Override
    public double sample(RandomGenerator random) {
      double left = random.nextDouble();
      for (Part part : parts) {
        left -= part.weight();
        if (left < 0) {
          return part.of().sample(random);
        }
      }
      return parts.getLast().of().sample(random);
    }

    @Override
    public double mean() {
      return parts.stream().mapToDouble(part -> part.weight() * part.of().mean()).sum();
    }
  }

  /**
   * A part of a mix.
   *
   * @param weight its probability, 0 to 1
   * @param of what it is drawn from
   */
  record Part(double weight, Distribution of) {}
}
