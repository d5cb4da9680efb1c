package dev.snowshed.core.admission;

/** How much a request matters to its caller; who matters least is refused first. */
public enum Criticality {
  /** Refusing it costs users at once; the last to be refused. */
  CRITICAL_PLUS,
  /** The default. */
  CRITICAL,
  /** May be late or partial, such as prefetches. */
  SHEDDABLE_PLUS,
  /** May fail for hours, such as batches; the first to be refused. */
  SHEDDABLE
}
