package dev.snowshed.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What KEDA takes as a ScaledObject, written after the schema of its CustomResourceDefinition
 * ({@code keda.sh_scaledobjects.yaml}): the fields that there are, their types, what is required,
 * and beyond the schema what its Prometheus scaler requires of {@code metadata}.
 */
record ScaledObject(
    @JsonProperty(required = true) String apiVersion,
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) Map<String, Object> metadata,
    @JsonProperty(required = true) Spec spec) {

  record Spec(
      @JsonProperty(required = true) ScaleTarget scaleTargetRef,
      @Nullable Integer pollingInterval,
      @Nullable Integer cooldownPeriod,
      @Nullable Integer initialCooldownPeriod,
      @Nullable Integer idleReplicaCount,
      @Nullable Integer minReplicaCount,
      @Nullable Integer maxReplicaCount,
      @Nullable Advanced advanced,
      @Nullable Fallback fallback,
      @JsonProperty(required = true) List<Trigger> triggers) {
    Spec {
      require(scaleTargetRef != null, "spec.scaleTargetRef is missing");
      require(triggers != null && !triggers.isEmpty(), "spec.triggers is missing or empty");
    }
  }

  record ScaleTarget(
      @Nullable String apiVersion,
      @Nullable String kind,
      @JsonProperty(required = true) String name,
      @Nullable String envSourceContainerName) {
    ScaleTarget {
      require(name != null, "spec.scaleTargetRef.name is missing");
    }
  }

  record Advanced(
      @Nullable Boolean restoreToOriginalReplicaCount,
      @Nullable AutoscalerConfig horizontalPodAutoscalerConfig,
      @Nullable ScalingModifiers scalingModifiers) {}

  record AutoscalerConfig(@Nullable String name, @Nullable Behavior behavior) {}

  /** As in autoscaling/v2. */
  record Behavior(@Nullable Rules scaleUp, @Nullable Rules scaleDown) {}

  record Rules(
      @Nullable Integer stabilizationWindowSeconds,
      @Nullable String selectPolicy,
      @Nullable List<Policy> policies) {}

  record Policy(
      @JsonProperty(required = true) String type,
      @JsonProperty(required = true) int value,
      @JsonProperty(required = true) int periodSeconds) {
    Policy {
      require(Set.of("Pods", "Percent").contains(type), "a policy has the type " + type);
      require(value > 0 && periodSeconds > 0 && periodSeconds <= 1800, "a policy is out of range");
    }
  }

  record ScalingModifiers(
      @Nullable String formula,
      @Nullable String target,
      @Nullable String activationTarget,
      @Nullable String metricType) {}

  record Fallback(
      @JsonProperty(required = true) int failureThreshold,
      @JsonProperty(required = true) int replicas,
      @Nullable String behavior) {}

  record Trigger(
      @JsonProperty(required = true) String type,
      @Nullable String name,
      @Nullable Boolean useCachedMetrics,
      @Nullable String metricType,
      @Nullable Map<String, Object> authenticationRef,
      @JsonProperty(required = true) Map<String, String> metadata) {
    Trigger {
      require(
          metricType == null || Set.of("AverageValue", "Value", "Utilization").contains(metricType),
          "a trigger has the metricType " + metricType);
      for (String needed : List.of("serverAddress", "query", "threshold")) {
        require(
            !type.equals("prometheus") || metadata.containsKey(needed),
            "the Prometheus trigger lacks " + needed);
      }
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
