package dev.snowshed.core.dependency;

/**
 * Where a difference of two shares lies. Each of the two bounds holds with the confidence asked
 * for.
 *
 * @param low from -1 to {@code high}
 * @param high from {@code low} to 1
 */
public record Interval(double low, double high) {
  /** Nothing is known. */
  public static final Interval UNKNOWN = new Interval(-1, 1);
}
