package dev.snowshed.runtime.traffic;

import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.traffic.Bottleneck;
import dev.snowshed.core.traffic.Demand;
import dev.snowshed.core.traffic.Estimate;
import dev.snowshed.core.traffic.Fit;
import dev.snowshed.core.traffic.Forecast;
import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What models might know. */
final class Traffics {
  private static final Demand DEMAND =
      new Demand(
          60,
          3,
          5,
          1,
          Map.of(Criticality.CRITICAL, 50.0, Criticality.SHEDDABLE, 11.0),
          Map.of(Criticality.CRITICAL, 2.5, Criticality.SHEDDABLE, 0.55));

  private Traffics() {}

  private static Optional<Estimate> estimate(double value) {
    return Optional.of(
        new Estimate(value, value * 0.9, value * 1.1, 2_000_000_000L, Estimate.Source.MEASURED));
  }

  static FunctionTraffic known(String function) {
    return new FunctionTraffic(
        function,
        estimate(8),
        estimate(100),
        estimate(80e6),
        estimate(0.01),
        OptionalDouble.of(90),
        Bottleneck.PROCESSORS,
        DEMAND,
        List.of(new Forecast(60_000_000_000L, 70, 60, 80)),
        OptionalDouble.of(0.6),
        Optional.empty(),
        List.of(new Point(1, 20, 50e6), new Point(8, 100, 80e6)),
        new Fit(Fit.Kind.USL, 20, 0.05, 0.001));
  }

  static FunctionTraffic unknown(String function, String why) {
    return new FunctionTraffic(
        function,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Bottleneck.UNKNOWN,
        DEMAND,
        List.of(),
        OptionalDouble.empty(),
        Optional.of(why),
        List.of(),
        Fit.NONE);
  }
}
