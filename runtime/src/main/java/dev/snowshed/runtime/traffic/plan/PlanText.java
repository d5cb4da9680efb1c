package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.FunctionCapacity;
import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.PlanRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
  private static final String COLUMNS = "  %-20s %12s %12s %10s %8s %10s%n";

  private PlanText() {}

  static String of(
      PlanRequest request,
      Plan plan,
      KnownCapacities known,
      Map<String, FunctionCapacity> capacities) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s requests per second: %s%n%n",
            number(request.perSecond()),
            request.mix().entrySet().stream()
                .map(it -> it.getKey() + " " + percent(it.getValue()))
                .collect(Collectors.joining(", "))));
    text.append(
        String.format(
            Locale.ROOT,
            "%d instances carry it, each %s full.%n",
            plan.instances(),
            percent(plan.hostUtilization())));
    zones(text, request, plan);
    text.append(
        String.format(
            Locale.ROOT,
            "%n" + COLUMNS,
            "function",
            "per second",
            "one carries",
            "of a host",
            "limit",
            "in flight"));
    for (Plan.FunctionPlan function : plan.functions()) {
      text.append(
          String.format(
              Locale.ROOT,
              COLUMNS,
              function.function(),
              number(function.perSecond()),
              number(capacity(capacities, function).safePerSecond()),
              percent(function.hostShare()),
              function.limit(),
              String.format(Locale.ROOT, "%.1f", function.expectedConcurrency())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nper second: at the peak, over all instances. one carries: one instance, of this function"
                + " alone.%nof a host: what it takes of each instance. limit: requests in flight to allow"
                + " it there; the host%nlearns it. in flight: how many will be.%n"));
    Caveats.of(request, known)
        .forEach(caveat -> text.append(String.format(Locale.ROOT, "%nNote: %s%n", caveat)));
    return text.toString();
  }

  private static FunctionCapacity capacity(
      Map<String, FunctionCapacity> capacities, Plan.FunctionPlan function) {
    return Objects.requireNonNull(capacities.get(function.function()));
  }

  private static void zones(StringBuilder text, PlanRequest request, Plan plan) {
    if (request.zones() == 1) {
      text.append(
          String.format(
              Locale.ROOT,
              "Reserve %d. With one zone nothing is left when it is lost.%n",
              plan.instances()));
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Reserve %d, %d in each of %d zones: if one zone is lost, the others carry it, %s full.%n",
            plan.instancesIfOneZoneIsLost(),
            plan.perZone(),
            request.zones(),
            percent(plan.utilizationIfOneZoneIsLost())));
    Unreserved unreserved = Unreserved.of(request, plan);
    text.append(
        unreserved.left() == 0
            ? String.format(
                Locale.ROOT, "With %d nothing is left when its zone is lost.%n", plan.instances())
            : String.format(
                Locale.ROOT,
                "With %d and one zone lost, the %d left are asked for %s of what they carry%s.%n",
                plan.instances(),
                unreserved.left(),
                percent(unreserved.utilization()),
                unreserved.utilization() > 1 ? ", and refuse the least critical" : ""));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
