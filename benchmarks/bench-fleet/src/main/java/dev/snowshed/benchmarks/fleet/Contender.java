package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Target;
import dev.snowshed.haproxy.Haproxy.HostPorts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A kind of host of which a fleet is made, and how HAProxy is set up for it. */
enum Contender {
  /**
   * This host, with agent, drain and a view of its peers; HAProxy as {@code deploy/haproxy} has it.
   */
  SNOWSHED,
  /**
   * Google's function invoker. It has neither probes nor an agent, so HAProxy asks for a path that
   * does no work, and the rest of its configuration is the same.
   */
  GOOGLE;

  /** What {@link #SNOWSHED} waits for is shorter than usual, so that a run takes minutes. */
  private static final Map<String, String> HASTE =
      Map.of(
          "SNOWSHED_LIFECYCLE_EJECT_AFTER", "3s",
          "SNOWSHED_LIFECYCLE_LOOP_WEDGED_AFTER", "1500ms",
          "SNOWSHED_LIFECYCLE_RECOVERY", "1s",
          "SNOWSHED_LIFECYCLE_HOLD_OFF", "2s",
          "SNOWSHED_LIFECYCLE_SLOW_START", "5s",
          "SNOWSHED_FLEET_INTERVAL", "300ms",
          "SNOWSHED_FLEET_STALE_AFTER", "1s",
          "SNOWSHED_DRAIN_ANNOUNCE", "3s",
          "SNOWSHED_DRAIN_TIMEOUT", "5s");

  private static final String PEER = "{root}/benchmarks/peers/google/target/";

  /**
   * What to start.
   *
   * @param number of the host, from 1
   * @param addresses of all
   * @param ports of each
   */
  Target target(int number, List<String> addresses, HostPorts ports) {
    return switch (this) {
      case SNOWSHED -> snowshed(number, addresses, ports);
      case GOOGLE -> google(number);
    };
  }

  private Target snowshed(int number, List<String> addresses, HostPorts ports) {
    Map<String, String> environment = new HashMap<>(HASTE);
    environment.put("QUARKUS_HTTP_HOST", "{address}");
    environment.put("QUARKUS_HTTP_PORT", "{port}");
    environment.put("QUARKUS_MANAGEMENT_HOST", "{address}");
    environment.put("QUARKUS_MANAGEMENT_PORT", "{management}");
    environment.put("SNOWSHED_AGENT_HOST", "{address}");
    environment.put("SNOWSHED_AGENT_PORT", "{agent}");
    environment.put("SNOWSHED_FLEET_VIEW", "peers");
    environment.put("SNOWSHED_FLEET_ID", "host" + number);
    environment.put(
        "SNOWSHED_FLEET_PEERS",
        addresses.stream()
            .map(address -> address + ":" + ports.management())
            .collect(Collectors.joining(",")));
    environment.put(
        "SNOWSHED_FUNCTIONS_PATHS",
        "{root}/benchmarks/overload-function/target/overload-function.jar");
    return new Target(
        name(number),
        List.of("-jar", "{root}/runtime/target/quarkus-app/quarkus-run.jar"),
        environment,
        path(),
        false);
  }

  private Target google(int number) {
    return new Target(
        name(number),
        List.of(
            "-jar",
            PEER + "java-function-invoker.jar",
            "--classpath",
            PEER + "peer-google.jar:" + PEER + "lib/*",
            "--target",
            "dev.snowshed.benchmarks.peers.Overload",
            "--port",
            "{port}"),
        Map.of(),
        path(),
        false);
  }

  private String name(int number) {
    return key() + '-' + number;
  }

  /** Its name on the command line and in the JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where the function is that is called. */
  String path() {
    return this == SNOWSHED ? "/functions/bench-member" : "/member";
  }

  /** Where a call wedges the host. */
  String wedgePath() {
    return this == SNOWSHED ? "/functions/bench-wedge" : "/hang";
  }

  /** So many calls of it are needed: every event loop; all connections of the pool. */
  int wedgeCalls() {
    return this == SNOWSHED ? 16 : 1;
  }

  /** HAProxy's backend for the function. */
  String backend() {
    return this == SNOWSHED ? "bench-member" : "fleet";
  }

  /** Whether its hosts tell whether they are ready. */
  boolean hasProbes() {
    return this == SNOWSHED;
  }

  /** Whether each host listens at an address of its own; Google's takes every address. */
  boolean hasAddresses() {
    return this == SNOWSHED;
  }

  /**
   * Adapts HAProxy's configuration.
   *
   * @param text of one of its files
   * @param ports of the hosts' functions
   */
  String adapt(String text, List<Integer> ports) {
    if (this == SNOWSHED) {
      return text;
    }
    String adapted =
        text.replaceAll("(?m)^.*default-server agent-.*\\n", "")
            .replace("option httpchk GET /health/ready", "option httpchk GET /ping")
            .replace("check port \"${SNOWSHED_MANAGEMENT_PORT-9000}\"", "check");
    for (int number = 1; number <= ports.size(); number++) {
      adapted =
          adapted.replaceAll(
              "server host" + number + " \"[^\"]*\"",
              "server host" + number + " 127.0.0.1:" + ports.get(number - 1));
    }
    return adapted;
  }

  /**
   * Finds one by its name.
   *
   * @throws BenchException if there is none
   */
  static Contender named(String name) {
    return Arrays.stream(values())
        .filter(contender -> contender.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "no fleet is called \"%s\"; there are %s".formatted(name, names())));
  }

  static String names() {
    return IntStream.range(0, values().length)
        .mapToObj(i -> values()[i].key())
        .collect(Collectors.joining(", "));
  }
}
