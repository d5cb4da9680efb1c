package dev.snowshed.function;

import java.util.Locale;
import java.util.Optional;

/**
 * How much a request matters to its caller; the least critical is refused first under overload.
 * Constants stand in order, most critical first.
 *
 * <p>The four levels are those of "Site Reliability Engineering" (Beyer et al., 2016), chapter 21,
 * "Handling Overload".
 */
public enum Criticality {
  /** Failure is visible to users and serious. */
  CRITICAL_PLUS,
  /** Failure is visible to users. The default for production traffic. */
  CRITICAL,
  /** Partial unavailability is expected; batch work that retries later. */
  SHEDDABLE_PLUS,
  /** Frequent partial and occasional full unavailability is expected. */
  SHEDDABLE;

  /** The request header that carries a criticality. */
  public static final String HEADER = "X-Request-Criticality";

  private final String headerValue = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** This level as it stands in {@value #HEADER}, for example {@code critical-plus}. */
  public String headerValue() {
    return headerValue;
  }

  /**
   * The level that a header value names, ignoring case and surrounding blanks.
   *
   * @param value a header value
   * @return the level, or empty if the value names none
   */
  public static Optional<Criticality> fromHeader(String value) {
    String name = value.strip();
    for (Criticality criticality : values()) {
      if (criticality.headerValue.equalsIgnoreCase(name)) {
        return Optional.of(criticality);
      }
    }
    return Optional.empty();
  }
}
