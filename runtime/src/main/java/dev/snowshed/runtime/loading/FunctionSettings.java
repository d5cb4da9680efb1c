package dev.snowshed.runtime.loading;

import dev.snowshed.function.Configuration;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the host's configuration says about one function.
 *
 * @param timeout overrides the declared timeout
 * @param maxBodyBytes overrides the declared body limit
 * @param configuration what the function may read
 */
public record FunctionSettings(
    Optional<Duration> timeout, OptionalLong maxBodyBytes, Configuration configuration) {

  /** Nothing overridden, nothing set. */
  public static final FunctionSettings NONE =
      new FunctionSettings(
          Optional.empty(),
          OptionalLong.empty(),
          new Configuration() {
            @Override
            public Optional<String> get(String key) {
              return Optional.empty();
            }

            @Override
            public Optional<String> secret(String key) {
              return Optional.empty();
            }
          });

  /** Looks settings up by function name. */
  @FunctionalInterface
  public interface Source {
    /**
     * The settings of a function.
     *
     * @param function the function's name
     */
    FunctionSettings of(String function);
  }
}
