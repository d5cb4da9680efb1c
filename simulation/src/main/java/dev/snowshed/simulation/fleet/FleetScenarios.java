package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.Distribution;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What befalls fleets.
 *
 * <p>Each host has four cores and serves two functions with half of the requests each: {@code
 * quote} waits for a dependency that all hosts share and then computes, {@code render} only
 * computes; 40 ms on average, exponential. So a host computes 100 requests a second, and the load
 * is 85 of them for each host. The deadline is a second.
 */
final class FleetScenarios {
  static final double LOAD = 0.85;

  private static final long SECOND = 1_000_000_000;
  private static final long FROM = 45 * SECOND;
  private static final long UNTIL = 105 * SECOND;
  private static final long END = 150 * SECOND;

  /** About how long it takes to replace some hosts. */
  private static final long REPLACEMENT = 25 * SECOND;

  private static final int CORES = 4;
  private static final double CPU_NANOS = 40e6;
  private static final double WAIT_NANOS = 50e6;
  private static final double PEAK = 2.5;

  private FleetScenarios() {}

  /** Everything that can befall a fleet of so many hosts, 3 or more. */
  static List<FleetScenario> all(int hosts) {
    List<Integer> zone = IntStream.range(0, hosts / 3).boxed().toList();
    List<Integer> one = List.of(0);
    List<Long> bothEnds = List.of(FROM, UNTIL);
    return List.of(
        steady(
            "host-dies",
            "The process of one host ends, and is started again after 60 s",
            hosts,
            new Incident.Death(one, FROM, UNTIL, false),
            bothEnds),
        steady(
            "host-slow",
            "One host is four times slower for 60 s",
            hosts,
            new Incident.Slow(one, 4, FROM, UNTIL),
            bothEnds),
        steady(
            "zone-lost",
            "A third of the hosts falls silent, and is started again after 60 s",
            hosts,
            new Incident.Death(zone, FROM, UNTIL, true),
            bothEnds),
        steady(
            "dependency-hangs",
            "Calls of the shared dependency hang until the deadline for 60 s",
            hosts,
            new Incident.DependencyFails(FROM, UNTIL, true),
            bothEnds),
        steady(
            "dependency-errors",
            "Calls of the shared dependency fail at once for 60 s",
            hosts,
            new Incident.DependencyFails(FROM, UNTIL, false),
            bothEnds),
        rolling(hosts),
        storm(hosts),
        steady(
            "memory-spiral",
            "The collector takes 60 % of the time of every host for 60 s",
            hosts,
            new Incident.MemorySpiral(0.6, FROM, UNTIL),
            bothEnds));
  }

  /** The one with a name, which must be there. */
  static FleetScenario called(String name, int hosts) {
    return all(hosts).stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FleetScenario steady(
      String name, String title, int hosts, Incident incident, List<Long> changes) {
    return new FleetScenario(
        name,
        title,
        hosts,
        load(name, title, END, Schedule.always(LOAD * hosts)),
        Clients.CAREFUL,
        List.of(incident),
        changes);
  }

  private static FleetScenario rolling(int hosts) {
    String title = "All hosts are replaced, one or a tenth at a time";
    int atOnce = Math.max(1, hosts / 10);
    long end = FROM + (hosts + atOnce - 1) / atOnce * REPLACEMENT;
    return new FleetScenario(
        "rolling-deploy",
        title,
        hosts,
        load("rolling-deploy", title, end + END - UNTIL, Schedule.always(LOAD * hosts)),
        Clients.CAREFUL,
        List.of(new Incident.Rolling(FROM, atOnce)),
        List.of(end));
  }

  private static FleetScenario storm(int hosts) {
    String title = "Load is 2.5 times higher for 10 s, and all clients try three times more";
    Schedule<Double> arrivals =
        new Schedule<>(
            List.of(
                new Schedule.Step<>(0, LOAD * hosts),
                new Schedule.Step<>(FROM, PEAK * LOAD * hosts),
                new Schedule.Step<>(FROM + 10 * SECOND, LOAD * hosts)),
            0);
    return new FleetScenario(
        "retry-storm",
        title,
        hosts,
        load("retry-storm", title, END, arrivals),
        Clients.STORMY,
        List.of(),
        List.of(FROM, FROM + 10 * SECOND));
  }

  /**
   * What each host is and the whole fleet is asked for.
   *
   * @param hostLoads arrivals, in what one host can compute
   */
  private static Scenario load(
      String name, String title, long durationNanos, Schedule<Double> hostLoads) {
    List<Schedule.Step<Double>> half =
        hostLoads.steps().stream()
            .map(
                step ->
                    new Schedule.Step<>(
                        step.fromNanos(), step.value() * CORES * 1e9 / CPU_NANOS / 2))
            .toList();
    Schedule<Double> arrivals = new Schedule<>(half, 0);
    return new Scenario(
        name,
        title,
        durationNanos,
        FROM,
        durationNanos,
        CORES,
        Schedule.always(new CostFactor(1, 1, 0, 0)),
        List.of(),
        List.of(
            function("quote", arrivals, new Distribution.Exponential(WAIT_NANOS)),
            function("render", arrivals, Distribution.ZERO)));
  }

  private static FunctionLoad function(String name, Schedule<Double> arrivals, Distribution wait) {
    return new FunctionLoad(
        name,
        SECOND,
        arrivals,
        Schedule.always(wait),
        Schedule.always(new Distribution.Exponential(CPU_NANOS)),
        Optional.empty(),
        false,
        true,
        Optional.empty());
  }
}
