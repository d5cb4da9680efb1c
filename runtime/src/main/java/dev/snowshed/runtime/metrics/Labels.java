package dev.snowshed.runtime.metrics;

import java.util.Locale;

/** How constants are written in metrics, JSON and the log. */
public final class Labels {
  private Labels() {}

  /** In lower case, with hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
