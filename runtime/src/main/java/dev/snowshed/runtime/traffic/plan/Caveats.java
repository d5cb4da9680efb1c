package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.PlanRequest;
import dev.snowshed.runtime.traffic.plan.KnownCapacities.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What whoever follows a plan should know about what it rests on. */
final class Caveats {
  private static final double OLD_SECONDS = 86_400;
  private static final double WIDE = 0.15;

  private Caveats() {}

  /** In the order of the mix; empty if there is nothing to say. */
  static List<String> of(PlanRequest request, KnownCapacities known) {
    List<String> caveats = new ArrayList<>();
    for (String function : request.mix().keySet()) {
      for (Told told : known.known(function)) {
        of(caveats, function, told);
      }
    }
    return caveats.stream().distinct().toList();
  }

  private static void of(List<String> caveats, String function, Told told) {
    if (!told.measured()) {
      caveats.add(
          function
              + ": "
              + told.source()
              + " was not seen at its limit, and reckons what it carries; a load test makes sure");
    }
    double value = told.value("safeThroughput");
    double low = told.json().path("safeThroughput").path("low").asDouble();
    if (value - low > WIDE * value) {
      caveats.add(
          String.format(
              Locale.ROOT,
              "%s: as little as %.0f per second is possible on %s, %.0f %% less than planned with",
              function,
              low,
              told.source(),
              100 * (value - low) / value));
    }
    if (told.ageSeconds() > OLD_SECONDS) {
      caveats.add(
          String.format(
              Locale.ROOT,
              "%s: what %s says was last seen %.0f days ago",
              function,
              told.source(),
              told.ageSeconds() / OLD_SECONDS));
    }
    if (told.bottleneck().equals("dependency")) {
      caveats.add(
          function
              + ": what ends it is a dependency, which more instances do not make faster; see that"
              + " it carries the peak");
    }
  }
}
