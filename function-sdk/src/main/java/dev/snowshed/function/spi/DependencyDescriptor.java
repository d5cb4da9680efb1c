package dev.snowshed.function.spi;

import dev.snowshed.function.Strength;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A dependency as its function declares it, each setting at the default of {@link
 * dev.snowshed.function.DependsOn} unless set. Immutable.
 */
public final class DependencyDescriptor {
  /** How many characters a name has at most. */
  public static final int MAX_NAME_LENGTH = 64;

  private final String name;
  private final Strength strength;
  private final Optional<Duration> timeout;
  private final int maxConcurrent;
  private final int retries;
  private final double breakerFailures;
  private final int breakerCalls;
  private final Duration breakerDelay;

  private DependencyDescriptor(Builder builder) {
    this.name = builder.name;
    this.strength = builder.strength;
    this.timeout = builder.timeout;
    this.maxConcurrent = builder.maxConcurrent;
    this.retries = builder.retries;
    this.breakerFailures = builder.breakerFailures;
    this.breakerCalls = builder.breakerCalls;
    this.breakerDelay = builder.breakerDelay;
  }

  /**
   * Starts a descriptor.
   *
   * @param name the dependency's name
   * @return a builder
   * @throws IllegalArgumentException if it is not a name
   */
  public static Builder named(String name) {
    return new Builder(checkedName(name));
  }

  /**
   * Whether a text can be the name of a dependency.
   *
   * @param name the text
   */
  public static boolean isName(String name) {
    int length = name.length();
    boolean good = length >= 1 && length <= MAX_NAME_LENGTH;
    for (int i = 0; good && i < length; i++) {
      good = isNameCharacter(name.charAt(i));
    }
    return good;
  }

  /**
   * Whether a character can stand in the name of a dependency.
   *
   * @param c the character
   */
  // Not a pattern: each call of a dependency comes by here.
  public static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  /**
   * Checks a name.
   *
   * @param name the name
   * @return the name
   * @throws IllegalArgumentException if it is not the name of a dependency
   */
  public static String checkedName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is not the name of a dependency: use 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    return name;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** How much the function needs it. */
  public Strength strength() {
    return strength;
  }

  /** How long one attempt may take; empty for as long as the function has. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** Most calls at once; 0 for any number. */
  public int maxConcurrent() {
    return maxConcurrent;
  }

  /** How often a failed call is tried again. */
  public int retries() {
    return retries;
  }

  /** The share of failures from which on it is left alone; 0 for the default. */
  public double breakerFailures() {
    return breakerFailures;
  }

  /** How many calls are looked at for that; 0 for no breaker. */
  public int breakerCalls() {
    return breakerCalls;
  }

  /** How long it is left alone. */
  public Duration breakerDelay() {
    return breakerDelay;
  }

  /** Builds a {@link DependencyDescriptor}. Not safe for concurrent use. */
  public static final class Builder {
    private final String name;
    private Strength strength = Strength.UNDECLARED;
    private Optional<Duration> timeout = Optional.empty();
    private int maxConcurrent;
    private int retries;
    private double breakerFailures;
    private int breakerCalls = 20;
    private Duration breakerDelay = Duration.ofSeconds(1);

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets how much the function needs it.
     *
     * @param strength default {@link Strength#UNDECLARED}
     * @return this builder
     */
    public Builder strength(Strength strength) {
      this.strength = Objects.requireNonNull(strength, "strength");
      return this;
    }

    /**
     * Sets how long one attempt may take.
     *
     * @param timeoutNanos in nanoseconds, positive; default as long as the function has
     * @return this builder
     */
    public Builder timeoutNanos(long timeoutNanos) {
      this.timeout = Optional.of(Duration.ofNanos(timeoutNanos));
      return this;
    }

    /**
     * Sets how many calls there may be at once.
     *
     * @param maxConcurrent 1 or more, or 0 for any number; default 0
     * @return this builder
     */
    public Builder maxConcurrent(int maxConcurrent) {
      this.maxConcurrent = maxConcurrent;
      return this;
    }

    /**
     * Sets how often a failed call is tried again.
     *
     * @param retries 0 to 10; default 0
     * @return this builder
     */
    public Builder retries(int retries) {
      this.retries = retries;
      return this;
    }

    /**
     * Sets the share of failures from which on it is left alone.
     *
     * @param breakerFailures above 0, at most 1, or 0 for the default
     * @return this builder
     */
    public Builder breakerFailures(double breakerFailures) {
      this.breakerFailures = breakerFailures;
      return this;
    }

    /**
     * Sets how many calls are looked at for that.
     *
     * @param breakerCalls 2 to 10,000, or 0 for no breaker; default 20
     * @return this builder
     */
    public Builder breakerCalls(int breakerCalls) {
      this.breakerCalls = breakerCalls;
      return this;
    }

    /**
     * Sets how long it is left alone.
     *
     * @param breakerDelayNanos in nanoseconds, positive; default 1 s
     * @return this builder
     */
    public Builder breakerDelayNanos(long breakerDelayNanos) {
      this.breakerDelay = Duration.ofNanos(breakerDelayNanos);
      return this;
    }

    /** Ends the building. */
    public DependencyDescriptor build() {
      return new DependencyDescriptor(this);
    }
  }
}
