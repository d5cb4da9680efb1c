package dev.snowshed.runtime.loading;

import java.util.Locale;

/**
 * What can go wrong when a bundle is loaded. The label is stable: metrics and listings carry it.
 */
public enum LoadProblem {
  /** The bundle declares no function binding. */
  NO_FUNCTIONS,
  /** A binding was generated for a newer SDK than the host's. */
  SDK_TOO_NEW,
  /** A class was compiled for a newer Java than the host runs on. */
  CLASS_VERSION,
  /** A class is missing, or two of its libraries do not fit together. */
  MISSING_CLASS,
  /** A constructor threw. */
  CONSTRUCTOR,
  /** A start hook threw. */
  START_HOOK,
  /** Another bundle already serves a function of that name, or the bundle has two. */
  DUPLICATE_NAME,
  /** The file is not a readable archive: truncated, damaged, or still being written. */
  CORRUPT,
  /** The sources do not compile; in dev mode only. */
  COMPILATION,
  /** The file or folder is not there. */
  VANISHED,
  /** A binding breaks its contract, such as by naming a type that JSON cannot carry. */
  INVALID_BINDING;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The stable name, such as {@code sdk-too-new}. */
  public String label() {
    return label;
  }
}
