package dev.snowshed.runtime.traffic;

import java.util.Locale;

/** How constants are written in metrics and JSON. */
final class Labels {
  private Labels() {}

  /** In lower case, with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
