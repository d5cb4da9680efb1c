package dev.snowshed.runtime.dependency;

import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.config.HostConfig.DependencyOverride;
import java.time.Duration;

/**
 * How the calls that one function makes of one dependency are protected, overrides applied.
 *
 * @param strength as declared
 * @param timeoutMillis how long one attempt may take; 0 for as long as the function has
 * @param maxConcurrent most calls at once; 0 for any number
 * @param retries how often a failed call is tried again
 * @param breakerFailures the share of failures from which on the dependency is left alone
 * @param breakerCalls how many calls are looked at for that; 0 for no breaker
 * @param breakerDelayMillis how long it is left alone
 */
record Protection(
    Strength strength,
    long timeoutMillis,
    int maxConcurrent,
    int retries,
    double breakerFailures,
    int breakerCalls,
    long breakerDelayMillis) {

  /** With half of the calls failing, one that there is an answer for is better left alone. */
  private static final double BREAKER_FAILURES = 0.5;

  /** Every success of one that there is no answer for is worth having. */
  private static final double STRONG_BREAKER_FAILURES = 0.9;

  static Protection of(DependencyDescriptor declared, DependencyOverride override) {
    Strength strength = override.strength().orElse(declared.strength());
    double failures = override.breakerFailures().orElse(declared.breakerFailures());
    return new Protection(
        strength,
        override.timeout().or(declared::timeout).map(Protection::millis).orElse(0L),
        override.maxConcurrent().orElse(declared.maxConcurrent()),
        override.retries().orElse(declared.retries()),
        failures > 0 ? failures : usualFailures(strength),
        override.breakerCalls().orElse(declared.breakerCalls()),
        millis(override.breakerDelay().orElse(declared.breakerDelay())));
  }

  private static double usualFailures(Strength strength) {
    return strength == Strength.STRONG ? STRONG_BREAKER_FAILURES : BREAKER_FAILURES;
  }

  private static long millis(Duration duration) {
    return Math.max(1, duration.toMillis());
  }

  boolean hasTimeout() {
    return timeoutMillis > 0;
  }

  boolean hasBreaker() {
    return breakerCalls > 0;
  }

  /** Whether calls go through anything at all. */
  boolean isNeeded() {
    return hasTimeout() || hasBreaker() || maxConcurrent > 0 || retries > 0;
  }

  /** The same for one of which nothing may be concluded from the calls of others. */
  Protection alone() {
    return new Protection(strength, timeoutMillis, 0, 0, breakerFailures, 0, breakerDelayMillis);
  }
}
