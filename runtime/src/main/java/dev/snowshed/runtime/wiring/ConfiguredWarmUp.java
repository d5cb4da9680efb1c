package dev.snowshed.runtime.wiring;

import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.drill.DrillRequest;
import dev.snowshed.runtime.lifecycle.WarmUp;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The warm-up calls that {@link HostConfig} asks for, checked under the names it was given. */
final class ConfiguredWarmUp {
  private static final String JSON = "application/json";

  private ConfiguredWarmUp() {}

  /**
   * The calls of a configuration, by function name.
   *
   * @throws ConfigurationException if a value is out of its range
   */
  static List<WarmUp.Target> targets(HostConfig config) {
    return config.warmup().enabled()
        ? config.function().entrySet().stream()
            .filter(entry -> isWanted(entry.getValue()))
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> target(entry.getKey(), entry.getValue()))
            .toList()
        : List.of();
  }

  /** The call of one function, as a request of a drill; empty if there is none. */
  static Optional<DrillRequest> request(HostConfig config, String function) {
    return Optional.ofNullable(config.function().get(function))
        .filter(ConfiguredWarmUp::isWanted)
        .map(wanted -> request(target(function, wanted)));
  }

  private static DrillRequest request(WarmUp.Target target) {
    return new DrillRequest(
        target.body().isPresent() ? "POST" : "GET",
        target.path(),
        target.body().isPresent() ? Map.of("Content-Type", target.contentType()) : Map.of(),
        target.body());
  }

  private static boolean isWanted(HostConfig.FunctionOverride function) {
    return function.warmup().isPresent() || function.warmupBody().isPresent();
  }

  private static WarmUp.Target target(String name, HostConfig.FunctionOverride function) {
    return new WarmUp.Target(
        name,
        path(name, function.warmup().orElse("/")),
        function.warmupBody(),
        function.warmupContentType().orElse(JSON),
        calls(name, function.warmupCalls().orElse(1)));
  }

  private static String path(String name, String path) {
    if (!path.startsWith("/") && !path.startsWith("?")) {
      throw new ConfigurationException(
          "snowshed.function."
              + name
              + ".warmup is '"
              + path
              + "'; it has to begin with / or ?, as it follows the function's name in the path.");
    }
    return path.equals("/") ? "" : path;
  }

  private static int calls(String name, int calls) {
    if (calls < 1) {
      throw new ConfigurationException(
          "snowshed.function." + name + ".warmup-calls is " + calls + "; it has to be 1 or more.");
    }
    return calls;
  }
}
