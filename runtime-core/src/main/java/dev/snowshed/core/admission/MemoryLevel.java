package dev.snowshed.core.admission;

/** How much memory is left, and so who is still let in. */
enum MemoryLevel {
  PLENTY(0, Criticality.SHEDDABLE),
  SCARCE(0.85, Criticality.SHEDDABLE_PLUS),
  SHORT(0.9, Criticality.CRITICAL),
  NEARLY_GONE(0.95, Criticality.CRITICAL_PLUS);

  private final double from;
  private final Criticality lowest;

  MemoryLevel(double from, Criticality lowest) {
    this.from = from;
    this.lowest = lowest;
  }

  /** The level at a {@link HostSignals#memoryPressure}; what is no number counts as plenty. */
  static MemoryLevel of(double pressure) {
    MemoryLevel level = PLENTY;
    for (MemoryLevel each : values()) {
      if (pressure >= each.from) {
        level = each;
      }
    }
    return level;
  }

  boolean admits(Criticality criticality) {
    return criticality.compareTo(lowest) <= 0;
  }
}
