package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The servers to overload. */
final class Targets {
  private static final String PEERS = "{root}/benchmarks/peers/";
  private static final String GATED = PEERS + "quarkus/target/quarkus-app/quarkus-run.jar";
  private static final String SHEDDING =
      PEERS + "quarkus-shedding/target/quarkus-app/quarkus-run.jar";
  private static final String FUNCTIONS =
      "{root}/benchmarks/overload-function/target/overload-function.jar";

  /** More than can be in flight here. */
  private static final String BOUNDLESS = "1000000";

  private Targets() {}

  /**
   * Every target there is, in the order of the table. Their path ends with what a function's key is
   * added to.
   *
   * @param fixedLimit of {@code snowshed-fixed}
   */
  static List<Target> all(int fixedLimit) {
    return List.of(
        snowshed("snowshed", Map.of("SNOWSHED_ADMISSION_MODE", "adaptive")),
        snowshed(
            "snowshed-off",
            Map.of(
                "SNOWSHED_ADMISSION_MODE", "off", "SNOWSHED_ADMISSION_MAX_CONCURRENCY", BOUNDLESS)),
        snowshed(
            "snowshed-fixed",
            Map.of(
                "SNOWSHED_ADMISSION_MODE",
                "fixed",
                "SNOWSHED_ADMISSION_MAX_CONCURRENCY",
                Integer.toString(fixedLimit))),
        quarkus("gradient2", GATED, Map.of()),
        quarkus("gradient2-wide", GATED, Map.of("GRADIENT2_MAX_CONCURRENCY", "4096")),
        quarkus("quarkus-shedding", SHEDDING, Map.of()),
        google());
  }

  private static Target snowshed(String name, Map<String, String> environment) {
    Map<String, String> all = quarkusEnvironment(environment);
    all.put("QUARKUS_MANAGEMENT_PORT", "{management}");
    all.put("SNOWSHED_FUNCTIONS_PATHS", FUNCTIONS);
    return new Target(
        name,
        List.of("-jar", "{root}/runtime/target/quarkus-app/quarkus-run.jar"),
        all,
        "/functions/bench-",
        false);
  }

  private static Target quarkus(String name, String jar, Map<String, String> environment) {
    return new Target(
        name, List.of("-jar", jar), quarkusEnvironment(environment), "/overload/", false);
  }

  private static Map<String, String> quarkusEnvironment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", "{port}");
    return environment;
  }

  private static Target google() {
    return new Target(
        "google",
        List.of(
            "-jar",
            PEERS + "google/target/java-function-invoker.jar",
            "--classpath",
            PEERS + "google/target/peer-google.jar:" + PEERS + "google/target/lib/*",
            "--target",
            "dev.snowshed.benchmarks.peers.Overload",
            "--port",
            "{port}"),
        Map.of(),
        "/",
        false);
  }

  /**
   * Finds one by its name.
   *
   * @throws BenchException if there is none
   */
  static Target named(String name, int fixedLimit) {
    return all(fixedLimit).stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "no target is called \"%s\"; there are %s".formatted(name, names())));
  }

  static String names() {
    return all(1).stream().map(Target::name).collect(Collectors.joining(", "));
  }
}
