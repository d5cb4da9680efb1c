package dev.snowshed.benchmarks.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server to measure. Immutable.
 *
 * @param name what the table calls it
 * @param arguments what follows the JVM flags on the command line; {@code {root}} stands for the
 *     project's folder, {@code {address}} and {@code {port}} for where to serve, {@code
 *     {management}} and {@code {agent}} for two more ports
 * @param environment variables to set; the same is replaced in the values
 * @param path where it answers the function
 * @param aotCache whether it starts with an AOT cache, trained by the harness beforehand
 */
public record Target(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    String path,
    boolean aotCache) {

  /** The target that the others are compared with. */
  static final String CEILING = "raw-vertx";

  private static final Map<String, String> QUARKUS =
      Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", "{port}");

  private static final Map<String, String> SNOWSHED =
      Map.of(
          "QUARKUS_HTTP_HOST", "127.0.0.1",
          "QUARKUS_HTTP_PORT", "{port}",
          "QUARKUS_MANAGEMENT_PORT", "{management}",
          "SNOWSHED_FUNCTIONS_PATHS", "{root}/benchmarks/bench-function/target/bench-function.jar");

  private static final String HOST_JAR = "{root}/runtime/target/quarkus-app/quarkus-run.jar";
  private static final String PEERS = "{root}/benchmarks/peers/";
  private static final String QUARKUS_JAR = PEERS + "quarkus/target/quarkus-app/quarkus-run.jar";

  /** Every target there is, in the order of the table. */
  static List<Target> all() {
    return List.of(
        jar(CEILING, QUARKUS_JAR, QUARKUS, "/raw"),
        jar("snowshed", HOST_JAR, SNOWSHED, "/functions/bench"),
        jar("snowshed-nonblocking", HOST_JAR, SNOWSHED, "/functions/bench-nonblocking"),
        jar("snowshed-aot", HOST_JAR, SNOWSHED, "/functions/bench").withAotCache(),
        jar("quarkus-rest-nonblocking", QUARKUS_JAR, QUARKUS, "/rest/non-blocking"),
        jar("quarkus-rest-virtual", QUARKUS_JAR, QUARKUS, "/rest/virtual-thread"),
        jar("quarkus-rest-blocking", QUARKUS_JAR, QUARKUS, "/rest/blocking"),
        jar("funqy", PEERS + "funqy/target/quarkus-app/quarkus-run.jar", QUARKUS, "/bench"),
        new Target(
            "google-invoker",
            List.of(
                "-jar",
                PEERS + "google/target/java-function-invoker.jar",
                "--classpath",
                PEERS + "google/target/peer-google.jar:" + PEERS + "google/target/lib/*",
                "--target",
                "dev.snowshed.benchmarks.peers.Bench",
                "--port",
                "{port}"),
            Map.of(),
            "/",
            false),
        jar(
            "spring-cloud-function",
            PEERS + "spring/target/peer-spring.jar",
            Map.of("SERVER_ADDRESS", "127.0.0.1", "SERVER_PORT", "{port}"),
            "/bench"));
  }

  private static Target jar(String name, String jar, Map<String, String> environment, String path) {
    return new Target(name, List.of("-jar", jar), environment, path, false);
  }

  /** This target with more variables. */
  public Target with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new Target(name, arguments, all, path, aotCache);
  }

  private Target withAotCache() {
    return new Target(name, arguments, environment, path, true);
  }

  /**
   * Says what must be built before this target can start.
   *
   * @param root the project's folder
   * @return the jars that are not there
   */
  public List<Path> missing(Path root) {
    List<String> jars = new ArrayList<>(arguments);
    jars.addAll(environment.values());
    return jars.stream()
        .filter(argument -> argument.startsWith("{root}") && argument.endsWith(".jar"))
        .map(argument -> Path.of(argument.replace("{root}", root.toString())))
        .filter(jar -> !Files.exists(jar))
        .toList();
  }

  /**
   * Checks that all that some targets need is there.
   *
   * @param command the benchmark that builds it
   * @throws BenchException if something is missing, with what and how to get it
   */
  public static void requireBuilt(List<Target> targets, Path root, String command) {
    List<Path> missing =
        targets.stream().flatMap(target -> target.missing(root).stream()).distinct().toList();
    if (!missing.isEmpty()) {
      throw new BenchException(
          "not built yet: " + missing + "; ./snowshed bench " + command + " builds them first");
    }
  }
}
