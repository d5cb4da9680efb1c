package dev.snowshed.deploy;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds manifests against their kinds' schemas. Those of Kubernetes itself are checked by what is
 * generated from its published OpenAPI document: unknown and missing fields, and types. Those of
 * Knative and of the Prometheus Operator are checked by classes generated from their Go types:
 * unknown fields, and types. That of KEDA by one written after its schema, see {@link
 * ScaledObject}.
 */
final class Schemas {
  private static final Map<String, Check> KINDS =
      Map.ofEntries(
          entry(
              "apps/v1 Deployment",
              published(V1Deployment.class, V1Deployment::validateJsonElement)),
          entry("v1 Service", published(V1Service.class, V1Service::validateJsonElement)),
          entry(
              "v1 ServiceAccount",
              published(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement)),
          entry(
              "policy/v1 PodDisruptionBudget",
              published(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement)),
          entry(
              "autoscaling/v2 HorizontalPodAutoscaler",
              published(
                  V2HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement)),
          entry(
              "rbac.authorization.k8s.io/v1 Role",
              published(V1Role.class, V1Role::validateJsonElement)),
          entry(
              "rbac.authorization.k8s.io/v1 RoleBinding",
              published(V1RoleBinding.class, V1RoleBinding::validateJsonElement)),
          entry("serving.knative.dev/v1 Service", generated(Service.class)),
          entry("monitoring.coreos.com/v1 ServiceMonitor", generated(ServiceMonitor.class)),
          entry("monitoring.coreos.com/v1 PrometheusRule", generated(PrometheusRule.class)),
          entry("keda.sh/v1alpha1 ScaledObject", generated(ScaledObject.class)));

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(LogicalType.Textual, Schemas::onlyText)
          .annotationIntrospector(new WithoutAnySetter())
          .build();

  private Schemas() {}

  /** As the API server does, which takes no number where a text belongs. */
  private static void onlyText(MutableCoercionConfig config) {
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      config.setCoercion(shape, CoercionAction.Fail);
    }
  }

  /** The classes keep what they do not know; here it has to fail. */
  private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /** Fails if a manifest is not of its kind. */
  private interface Check {
    void check(JsonNode manifest) throws IOException;
  }

  private interface Published {
    void validate(JsonElement element) throws IOException;
  }

  private static Check published(Class<?> type, Published schema) {
    return manifest -> {
      JsonElement element = JsonParser.parseString(manifest.toString());
      schema.validate(element);
      // What the schema's check leaves out: the types of plain values.
      require(JSON.getGson().fromJson(element, type));
    };
  }

  private static Check generated(Class<?> type) {
    return manifest -> require(STRICT.treeToValue(manifest, type));
  }

  private static void require(Object bound) throws IOException {
    if (bound == null) {
      throw new IOException("the manifest is empty");
    }
  }

  /**
   * Checks a manifest.
   *
   * @throws IllegalArgumentException if it is not what its kind's schema asks for, or of a kind
   *     whose schema is not here
   */
  static void check(JsonNode manifest) {
    String kind = manifest.path("apiVersion").asText() + ' ' + manifest.path("kind").asText();
    Check check =
        Optional.ofNullable(KINDS.get(kind))
            .orElseThrow(() -> new IllegalArgumentException("no schema is here for " + kind));
    try {
      check.check(manifest);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
