package dev.snowshed.runtime.dependency;

import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.config.HostConfig.DependencyOverride;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the host's configuration says about the dependencies of functions. Immutable. */
final class Protections {
  private static final DependencyOverride NONE = new Nothing();
  private static final Duration MAX = Duration.ofHours(24);

  private final Map<String, HostConfig.FunctionOverride> functions;

  /**
   * Takes the settings of functions, by name.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  Protections(Map<String, HostConfig.FunctionOverride> functions) {
    this.functions = functions;
    functions.forEach(
        (function, override) ->
            override
                .dependency()
                .forEach(
                    (dependency, settings) ->
                        check(
                            "snowshed.function." + function + ".dependency." + dependency,
                            settings)));
  }

  Protection of(String function, DependencyDescriptor declared) {
    HostConfig.FunctionOverride override = functions.get(function);
    DependencyOverride settings =
        override == null ? NONE : override.dependency().getOrDefault(declared.name(), NONE);
    return Protection.of(declared, settings);
  }

  private static void check(String key, DependencyOverride settings) {
    String name = key.substring(key.indexOf(".dependency.") + ".dependency.".length());
    require(
        DependencyDescriptor.isName(name),
        key,
        "names no dependency; a name has to be 1 to 64 of A-Z, a-z, 0-9, '.', '_'"
            + " and '-', in quotes if there is a dot in it");
    settings.timeout().ifPresent(value -> checkDuration(key + ".timeout", value));
    settings.breakerDelay().ifPresent(value -> checkDuration(key + ".breaker-delay", value));
    settings
        .maxConcurrent()
        .ifPresent(value -> checkRange(key + ".max-concurrent", value, 0, 1_000_000));
    settings.retries().ifPresent(value -> checkRange(key + ".retries", value, 0, 10));
    settings
        .breakerCalls()
        .ifPresent(
            value ->
                require(
                    value == 0 || (value >= 2 && value <= 10_000),
                    key + ".breaker-calls",
                    "is " + value + "; it has to be 2 to 10000, or 0 for no breaker"));
    settings
        .breakerFailures()
        .ifPresent(
            value ->
                require(
                    value > 0 && value <= 1,
                    key + ".breaker-failures",
                    "is " + value + "; it has to be above 0 and at most 1"));
  }

  private static void checkDuration(String key, Duration value) {
    require(
        value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(MAX) <= 0,
        key,
        "is " + value + "; it has to be 1ms to 24h");
  }

  private static void checkRange(String key, int value, int least, int most) {
    require(
        value >= least && value <= most,
        key,
        "is " + value + "; it has to be " + least + " to " + most);
  }

  private static void require(boolean good, String key, String problem) {
    if (!good) {
      throw new ConfigurationException(key + " " + problem + ".");
    }
  }

  /** No override. */
  private record Nothing() implements DependencyOverride {
    @Override
    public Optional<Strength> strength() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> timeout() {
      return Optional.empty();
    }

    @Override
    public OptionalInt maxConcurrent() {
      return OptionalInt.empty();
    }

    @Override
    public OptionalInt retries() {
      return OptionalInt.empty();
    }

    @Override
    public OptionalDouble breakerFailures() {
      return OptionalDouble.empty();
    }

    @Override
    public OptionalInt breakerCalls() {
      return OptionalInt.empty();
    }

    @Override
    public Optional<Duration> breakerDelay() {
      return Optional.empty();
    }
  }
}
