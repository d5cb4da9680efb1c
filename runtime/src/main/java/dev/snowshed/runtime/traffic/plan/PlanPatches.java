package dev.snowshed.runtime.traffic.plan;

import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.Plan.FunctionPlan;
import dev.snowshed.core.traffic.PlanRequest;

/** A plan as patches for the files in {@code deploy/}, one YAML document each. */
final class PlanPatches {
  private PlanPatches() {}

  static String of(PlanRequest request, Plan plan) {
    int least = plan.instancesIfOneZoneIsLost();
    int most = least + plan.perZone();
    int startLimit = plan.functions().stream().mapToInt(FunctionPlan::limit).min().orElseThrow();
    // What one instance carries of this mix: the demand divided by the hosts that would be full.
    double oneCarries = request.perSecond() / (plan.instances() * plan.hostUtilization());
    return """
        # For kustomize: take the documents of what you use. The minimum is the reservation, so take
        # them back after the peak.
        ---
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
        # deploy/kubernetes: where the limits of new pods begin, the least of the functions' own
        apiVersion: apps/v1
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
                autoscaling.knative.dev/target: "%4$d"
                autoscaling.knative.dev/target-utilization-percentage: "%5$d"
                autoscaling.knative.dev/min-scale: "%1$d"
                autoscaling.knative.dev/max-scale: "%2$d"
        """
        .formatted(
            least,
            most,
            startLimit,
            Math.max(1, (long) Math.floor(oneCarries)),
            Math.max(1, (long) Math.floor(100 * request.scaling().headroom() + 1e-9)));
  }
}
