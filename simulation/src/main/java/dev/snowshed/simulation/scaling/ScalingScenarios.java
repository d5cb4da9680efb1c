package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.Distribution;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What autoscalers have to cope with.
 *
 * <p>Each instance has four cores and serves one function, which waits for a dependency, 50 ms on
 * average, and then computes for 80 ms, both exponential: 50 requests a second. The deadline is a
 * second. Clients try once more, within a budget of 20 %.
 */
final class ScalingScenarios {
  /** From when on runs are scored: five minutes of stabilization, and one more. */
  static final int SETTLED_SECONDS = 360;

  private static final int CHANGE_SECONDS = 60;
  private static final long SECOND = 1_000_000_000;
  private static final int CORES = 4;
  private static final double CPU_NANOS = 80e6;
  private static final double WAIT_NANOS = 50e6;
  private static final int STEP_SECONDS = 5;
  private static final int INITIAL = 8;
  private static final double STEADY = 300;
  private static final double LOW = 150;
  private static final double HIGH = 600;

  private ScalingScenarios() {}

  /** All of them, in the order of the tables. */
  static List<ScalingScenario> all() {
    return List.of(steady(), idle(), ramp(), flashCrowd(), day(), deploy(), slowDependency());
  }

  /** The one with a name, which must be there. */
  static ScalingScenario called(String name) {
    return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static ScalingScenario steady() {
    return load("steady", "300 requests a second for 15 minutes", 15 * 60, at -> STEADY);
  }

  private static ScalingScenario idle() {
    return load("idle", "One request in two seconds for 10 minutes", 10 * 60, at -> 0.5);
  }

  private static ScalingScenario ramp() {
    return load(
        "ramp",
        "From 150 to 600 requests a second in 8 minutes, 4 minutes of that, and back in 8",
        24 * 60,
        at -> between(LOW, HIGH, Math.min(at / 480, (1200 - at) / 480)));
  }

  private static ScalingScenario flashCrowd() {
    return load(
        "flash-crowd",
        "From 150 to 600 requests a second at once, for 8 minutes",
        14 * 60,
        at -> at >= CHANGE_SECONDS && at < CHANGE_SECONDS + 480 ? HIGH : LOW);
  }

  private static ScalingScenario day() {
    return load(
        "day",
        "A day in an hour, 100 to 500 requests a second, and a promotion that doubles them within"
            + " 30 s for 5 minutes",
        60 * 60,
        at -> curve(at) * (1 + promotion(at)));
  }

  private static double curve(double at) {
    return 300 - 200 * Math.cos(2 * Math.PI * at / 3600);
  }

  /** At eleven in the morning. */
  private static double promotion(double at) {
    double since = at - 1650;
    return Math.clamp(Math.min(since / 30, (330 - since) / 30), 0, 1);
  }

  private static ScalingScenario deploy() {
    Scenario steady =
        host("deploy", "", 15 * 60, at -> STEADY, cost(CHANGE_SECONDS, CHANGE_SECONDS + 120, 1.6));
    return new ScalingScenario(
        "deploy",
        "300 requests a second; a version that takes 1.6 times the processor time is rolled out"
            + " within two minutes",
        steady,
        INITIAL,
        CHANGE_SECONDS,
        Optional.empty());
  }

  private static ScalingScenario slowDependency() {
    int from = SETTLED_SECONDS + CHANGE_SECONDS;
    Schedule<Double> slowness =
        new Schedule<>(
            List.of(
                new Schedule.Step<>(0, 1.0),
                new Schedule.Step<>(from * SECOND, 3.0),
                new Schedule.Step<>((from + 300) * SECOND, 1.0)),
            0);
    return new ScalingScenario(
        "slow-dependency",
        "300 requests a second; for 5 minutes the shared dependency can do 200, and the fewer the"
            + " more instances are connected to it",
        host("slow-dependency", "", 15 * 60, at -> STEADY, cost(0, 0, 1)),
        INITIAL,
        CHANGE_SECONDS,
        Optional.of(new SharedDownstream.Load(30, slowness, 0.05)));
  }

  private static ScalingScenario load(
      String name, String title, int seconds, DoubleUnaryOperator rate) {
    return new ScalingScenario(
        name,
        title,
        host(name, title, seconds, rate, cost(0, 0, 1)),
        INITIAL,
        CHANGE_SECONDS,
        Optional.empty());
  }

  private static double between(double low, double high, double share) {
    return low + (high - low) * Math.clamp(share, 0, 1);
  }

  /** The processor time of a request: it changes as more and more instances have the version. */
  private static Schedule<Distribution> cost(int from, int until, double factor) {
    List<Schedule.Step<Distribution>> steps = new ArrayList<>();
    steps.add(new Schedule.Step<>(0, new Distribution.Exponential(CPU_NANOS)));
    for (int at = from + STEP_SECONDS; at <= until; at += STEP_SECONDS) {
      double rolled = (double) (at - from) / (until - from);
      Distribution mix =
          new Distribution.Mix(
              List.of(
                  new Distribution.Part(rolled, new Distribution.Exponential(factor * CPU_NANOS)),
                  new Distribution.Part(1 - rolled, new Distribution.Exponential(CPU_NANOS))));
      steps.add(new Schedule.Step<>((SETTLED_SECONDS + at) * SECOND, mix));
    }
    return new Schedule<>(steps, 0);
  }

  /**
   * An instance, and the load of all.
   *
   * @param seconds that are scored
   * @param rate requests per second, by the seconds since then; before them, that at their begin
   */
  private static Scenario host(
      String name,
      String title,
      int seconds,
      DoubleUnaryOperator rate,
      Schedule<Distribution> cost) {
    List<Schedule.Step<Double>> steps = new ArrayList<>();
    for (int at = 0; at < seconds; at += STEP_SECONDS) {
      long from = at == 0 ? 0 : (SETTLED_SECONDS + at) * SECOND;
      steps.add(new Schedule.Step<>(from, rate.applyAsDouble(at)));
    }
    long end = (SETTLED_SECONDS + seconds) * SECOND;
    return new Scenario(
        name,
        title,
        end,
        SETTLED_SECONDS * SECOND,
        end,
        CORES,
        Schedule.always(new CostFactor(1, 1, 0, 0)),
        List.of(),
        List.of(
            new FunctionLoad(
                "quote",
                SECOND,
                new Schedule<>(steps, 0),
                Schedule.always(new Distribution.Exponential(WAIT_NANOS)),
                cost,
                Optional.empty(),
                true,
                true,
                Optional.empty())));
  }
}
