package dev.snowshed.haproxy;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What HAProxy thinks of a server. Immutable.
 *
 * @param backend whose server it is
 * @param name of the server
 * @param status {@code UP}, {@code DOWN}, {@code DRAIN (agent)} and so on
 * @param weight in effect
 * @param maxconn in effect; empty for no limit
 * @param inflight requests that it has been sent and not answered
 * @param agent what came of the last question to its agent; empty without one
 */
public record ServerState(
    String backend,
    String name,
    String status,
    int weight,
    OptionalInt maxconn,
    int inflight,
    String agent) {

  /**
   * Reads a row of HAProxy's statistics.
   *
   * @param row values by the names of their columns
   */
  static ServerState of(Map<String, String> row) {
    String limit = row.getOrDefault("slim", "");
    return new ServerState(
        row.getOrDefault("pxname", ""),
        row.getOrDefault("svname", ""),
        row.getOrDefault("status", ""),
        Integer.parseInt(row.getOrDefault("weight", "0")),
        limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limit)),
        Integer.parseInt(row.getOrDefault("scur", "0")),
        row.getOrDefault("last_agt", ""));
  }

  /** Whether it gets new requests. */
  public boolean inRotation() {
    return status.startsWith("UP") && weight > 0;
  }
}
