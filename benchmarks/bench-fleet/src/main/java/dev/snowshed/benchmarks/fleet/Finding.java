package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.load.LoadRun.Ended;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an act cost. Immutable.
 *
 * @param act what was done
 * @param counts of what became of the requests
 * @param lostLater those of the lost that were due when it had been done already
 * @param inflight requests that the host had just before
 * @param decidedSeconds from the act until the host itself said that it leaves; 0 where it could
 *     not
 * @param outSeconds from the act until the host was out of rotation; empty if it stayed in
 * @param backSeconds from the end of the cause until it was back; empty if it was not
 * @param restShare good answers per second while exactly one host was out, as a share of what was
 *     offered or of what the others can carry, whichever is less; of {@link Act#CALM}, all good
 *     answers as a share of what was offered; NaN if no second can tell
 * @param asPlanned whether every step worked
 */
record Finding(
    Act act,
    Map<Fate, Long> counts,
    long lostLater,
    int inflight,
    double decidedSeconds,
    OptionalDouble outSeconds,
    OptionalDouble backSeconds,
    double restShare,
    boolean asPlanned) {

  /** HAProxy's probe interval in {@code deploy/haproxy}. */
  static final double PROBE_SECONDS = 1;

  private static final double MOST_PROBES = 3;
  private static final double LEAST_SHARE = 0.95;
  private static final double NANOS = 1e9;
  private static final long SECOND = 1_000_000_000;

  /**
   * What was seen of an act.
   *
   * @param ended all requests
   * @param sightings of the hosts, in order
   * @param course how the act went
   * @param perSecond the offered rate
   * @param restPerSecond what the fleet can carry without one host
   */
  record Evidence(
      List<Ended> ended,
      List<Sighting> sightings,
      Act.Course course,
      double perSecond,
      double restPerSecond) {}

  /** Draws the figures from what was seen. */
  static Finding of(Act act, Evidence evidence) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    evidence.ended().forEach(request -> counts.merge(Fate.of(request), 1L, Long::sum));
    Act.Course course = evidence.course();
    return new Finding(
        act,
        Map.copyOf(counts),
        evidence.ended().stream()
            .filter(request -> Fate.of(request) == Fate.LOST)
            .filter(request -> request.dueNanos() - course.happenedNanos() > 0)
            .count(),
        course.inflight(),
        (course.decidedNanos() - course.happenedNanos()) / NANOS,
        firstSeconds(evidence, act.host(), course.happenedNanos(), false),
        firstSeconds(evidence, act.host(), course.curedNanos(), true),
        act == Act.CALM ? goodShare(counts) : restShare(evidence),
        course.asPlanned());
  }

  private static OptionalDouble firstSeconds(
      Evidence evidence, int host, long sinceNanos, boolean in) {
    if (host == 0) {
      return OptionalDouble.empty();
    }
    return evidence.sightings().stream()
        .filter(sighting -> sighting.nanos() >= sinceNanos && sighting.has(host) == in)
        .mapToDouble(sighting -> (sighting.nanos() - sinceNanos) / NANOS)
        .findFirst();
  }

  private static double goodShare(Map<Fate, Long> counts) {
    long offered = counts.values().stream().mapToLong(Long::longValue).sum();
    return counts.getOrDefault(Fate.GOOD, 0L) / (double) offered;
  }

  private static double restShare(Evidence evidence) {
    List<Long> seconds = secondsWithoutOne(evidence.sightings());
    long good =
        evidence.ended().stream()
            .filter(request -> Fate.of(request) == Fate.GOOD)
            .filter(request -> seconds.stream().anyMatch(it -> isWithin(request.endNanos(), it)))
            .count();
    double carried = Math.min(evidence.perSecond(), evidence.restPerSecond());
    return seconds.isEmpty() ? Double.NaN : good / (seconds.size() * carried);
  }

  private static boolean isWithin(long nanos, long second) {
    return nanos >= second && nanos < second + SECOND;
  }

  /** The beginnings of seconds in which, and for one before, exactly one host was out. */
  private static List<Long> secondsWithoutOne(List<Sighting> sightings) {
    List<Long> seconds = new ArrayList<>();
    long begin = sightings.getFirst().nanos();
    long end = sightings.getLast().nanos();
    for (long second = begin + SECOND; second + SECOND <= end; second += SECOND) {
      long from = second - SECOND;
      long to = second + SECOND;
      if (sightings.stream()
          .filter(it -> it.nanos() >= from && it.nanos() < to)
          .allMatch(it -> it.count() == Fleet.SIZE - 1)) {
        seconds.add(second);
      }
    }
    return seconds;
  }

  long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  long offered() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long lost() {
    return count(Fate.LOST);
  }

  /** The bars that were missed; empty if none was. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    if (!asPlanned) {
      missed.add("a step failed");
    }
    if (act == Act.ROLL && lost() > 0) {
      missed.add("lost " + lost() + ", not 0");
    }
    if (act == Act.KILL && lostLater > 0) {
      missed.add("lost " + lostLater + " that came after its death");
    }
    if (act.host() > 0 && outSeconds.orElse(Double.MAX_VALUE) > MOST_PROBES * PROBE_SECONDS) {
      missed.add("not out within " + MOST_PROBES + " probe intervals");
    }
    if (act.host() > 0 && backSeconds.isEmpty()) {
      missed.add("not back");
    }
    if (!(restShare >= LEAST_SHARE)) {
      missed.add("goodput below " + LEAST_SHARE);
    }
    return missed;
  }

  /** For the JSON. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("act", act.name().toLowerCase(Locale.ROOT));
    figures.put("offered", offered());
    for (Fate fate : Fate.values()) {
      figures.put(fate.key(), count(fate));
    }
    figures.put("lostLater", lostLater);
    figures.put("inflight", inflight);
    figures.put("decidedSeconds", decidedSeconds);
    figures.put("outSeconds", outSeconds.orElse(Double.NaN));
    figures.put("backSeconds", backSeconds.orElse(Double.NaN));
    figures.put("restShare", restShare);
    figures.put("missed", missed());
    return figures;
  }
}
