package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.Plan.FunctionPlan;
import dev.snowshed.core.traffic.PlanRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan as patches for the files in {@code deploy/}, one YAML document each. */
final class PlanPatches {
  /** Knative takes no smaller target, and two decimals say enough. */
  private static final double LEAST_TARGET = 0.01;

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private PlanPatches() {}

  static String of(PlanRequest request, Plan plan, KnownCapacities known) {
    int least = plan.instancesIfOneZoneIsLost();
    int most = least + plan.perZone();
    int startLimit = plan.functions().stream().mapToInt(FunctionPlan::limit).min().orElseThrow();
    // What one instance carries of this mix: the demand divided by the hosts that would be full.
    double oneCarries = request.perSecond() / (plan.instances() * plan.hostUtilization());
    return """
        # For kustomize: take the documents of what you use. The minimum is the reservation, so take
        # them back after the peak.
        %6$s---
        # deploy/kubernetes with deploy/keda
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: snowshed
        spec:
          minReplicaCount: %1$d
          maxReplicaCount: %2$d
        ---
        # deploy/kubernetes without KEDA
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: snowshed
        spec:
          minReplicas: %1$d
          maxReplicas: %2$d
        ---
        # deploy/kubernetes: where the limits of new pods begin, which is one setting for all functions
        # and so the least of theirs. From there each host finds that of each function:
        %7$sapiVersion: apps/v1
        kind: Deployment
        metadata:
          name: snowshed
        spec:
          template:
            spec:
              containers:
                - name: snowshed
                  env:
                    - name: SNOWSHED_ADMISSION_INITIAL_LIMIT
                      value: "%3$d"
        ---
        # deploy/knative: as many requests per second as one pod carries of this mix, and the headroom
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata:
          name: snowshed
        spec:
          template:
            metadata:
              annotations:
                autoscaling.knative.dev/class: kpa.autoscaling.knative.dev
                autoscaling.knative.dev/metric: rps
                autoscaling.knative.dev/target: "%4$s"
                autoscaling.knative.dev/target-utilization-percentage: "%5$d"
                autoscaling.knative.dev/min-scale: "%1$d"
                autoscaling.knative.dev/max-scale: "%2$d"
        """
        .formatted(
            least,
            most,
            startLimit,
            target(oneCarries),
            Math.max(1, (long) Math.floor(100 * request.scaling().headroom() + 1e-9)),
            comments(Caveats.of(request, known).stream().map(caveat -> "Note: " + caveat)),
            comments(
                plan.functions().stream()
                    .map(function -> "  " + function.function() + ": " + function.limit())));
  }

  private static String target(double perSecond) {
    return BigDecimal.valueOf(Math.max(LEAST_TARGET, perSecond))
        .setScale(2, RoundingMode.FLOOR)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String comments(Stream<String> lines) {
    return lines
        .map(line -> "# " + LINE_BREAK.matcher(line).replaceAll(" ") + '\n')
        .collect(Collectors.joining());
  }
}
