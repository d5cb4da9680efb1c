package dev.snowshed.benchmarks.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the load tool saw in one run. Immutable.
 *
 * @param requests answered
 * @param requestsPerSecond throughput
 * @param p50Micros median latency in microseconds
 * @param p99Micros 99th percentile of latency in microseconds
 * @param errors answers with a status of 400 and above, and failed connections, reads, writes and
 *     timeouts
 */
record Load(long requests, double requestsPerSecond, long p50Micros, long p99Micros, long errors) {
  private static final Pattern LINE =
      Pattern.compile(
          "^bench requests=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+) status=(\\d+) connect=(\\d+)"
              + " read=(\\d+) write=(\\d+) timeout=(\\d+)$",
          Pattern.MULTILINE);

  /**
   * Reads what load.lua prints.
   *
   * @param output all that wrk printed
   * @throws BenchException if the line is not there
   */
  static Load parse(String output) {
    Matcher line = LINE.matcher(output);
    if (!line.find()) {
      throw new BenchException("wrk printed no result:\n" + output);
    }
    long requests = Long.parseLong(line.group(1));
    long micros = Long.parseLong(line.group(2));
    long errors = 0;
    for (int group = 5; group <= 9; group++) {
      errors += Long.parseLong(line.group(group));
    }
    return new Load(
        requests,
        requests * 1e6 / Math.max(1, micros),
        Long.parseLong(line.group(3)),
        Long.parseLong(line.group(4)),
        errors);
  }
}
