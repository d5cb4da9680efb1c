package dev.snowshed.core.traffic;

/**
 * What describes a function's throughput at a concurrency N. Immutable.
 *
 * <p>The Universal Scalability Law (N. Gunther, Guerrilla Capacity Planning, 2007): X(N) = λ·N ÷ (1
 * + σ·(N − 1) + κ·N·(N − 1)).
 *
 * @param kind what was found
 * @param lambda λ, throughput of one alone, per second; 0 unless the kind is {@link Kind#USL}
 * @param sigma σ, contention, 0 or more; 0 unless the kind is {@link Kind#USL}
 * @param kappa κ, crosstalk, 0 or more; 0 unless the kind is {@link Kind#USL}
 */
public record Fit(Kind kind, double lambda, double sigma, double kappa) {

  /** What was found. */
  public enum Kind {
    /** The law describes what was seen. */
    USL,
    /** Throughput rises with concurrency and then stays. */
    KNEE,
    /** Neither could be told from what was seen. */
    NONE
  }

  /** Neither could be told. */
  public static final Fit NONE = new Fit(Kind.NONE, 0, 0, 0);

  /** A knee, without a law. */
  public static final Fit KNEE = new Fit(Kind.KNEE, 0, 0, 0);

  /** Throughput at a concurrency by the law, per second; 0 unless the kind is {@link Kind#USL}. */
  public double throughput(double concurrency) {
    return lambda
        * concurrency
        / (1 + sigma * (concurrency - 1) + kappa * concurrency * (concurrency - 1));
  }

  /** The concurrency at which the law has its peak; infinite without crosstalk. */
  public double peak() {
    return kappa <= 0 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, 1 - sigma) / kappa);
  }
}
