package dev.snowshed.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scales by capacity names what the rules record, and each other. */
class ElasticityTest {
  private static final Path DEPLOY = Path.of("../deploy");

  private static JsonNode document(String file) throws IOException {
    return Yaml.document(DEPLOY.resolve(file));
  }

  private static List<String> recorded() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode group : document("prometheus/snowshed.rules.yaml").path("groups")) {
      group.path("rules").forEach(rule -> names.add(rule.path("record").asText()));
    }
    return names;
  }

  @Test
  void hasTheSameRulesForTheOperator() throws IOException {
    assertEquals(
        document("prometheus/snowshed.rules.yaml").path("groups"),
        document("kubernetes/monitoring/prometheus-rule.yaml").at("/spec/groups"));
  }

  @Test
  void hasKedaAskForWhatIsRecordedAndHoldWhereThatIsMissing() throws IOException {
    JsonNode trigger = document("keda/scaled-object.yaml").at("/spec/triggers/0");

    assertTrue(recorded().contains(trigger.at("/metadata/query").asText()), trigger.toString());
    assertEquals("1", trigger.at("/metadata/threshold").asText());
    assertEquals("AverageValue", trigger.path("metricType").asText());
    assertEquals("false", trigger.at("/metadata/ignoreNullValues").asText());
  }

  @Test
  void wouldFindAScaledObjectThatKedaRefuses() throws IOException {
    for (String missing : List.of("threshold", "query", "serverAddress")) {
      JsonNode manifest = document("keda/scaled-object.yaml");
      ((ObjectNode) manifest.at("/spec/triggers/0/metadata")).remove(missing);
      assertThrows(IllegalArgumentException.class, () -> Schemas.check(manifest), missing);
    }
    JsonNode number = document("keda/scaled-object.yaml");
    ((ObjectNode) number.at("/spec/triggers/0/metadata")).put("threshold", 1);
    assertThrows(IllegalArgumentException.class, () -> Schemas.check(number));
    JsonNode text = document("keda/scaled-object.yaml");
    ((ObjectNode) text.path("spec")).put("minReplicaCount", "3");
    assertThrows(IllegalArgumentException.class, () -> Schemas.check(text));
    JsonNode untargeted = document("keda/scaled-object.yaml");
    ((ObjectNode) untargeted.path("spec")).remove("scaleTargetRef");
    assertThrows(IllegalArgumentException.class, () -> Schemas.check(untargeted));
  }

  @Test
  void hasTheAdapterShowWhatAutoscalersAskFor() throws IOException {
    JsonNode adapter = document("prometheus/adapter.yaml");
    JsonNode external = adapter.at("/externalRules/0");
    JsonNode perPod = adapter.at("/rules/0");
    JsonNode metric =
        document("kubernetes/external-metrics/horizontal-pod-autoscaler.yaml")
            .at("/spec/metrics/0/external");
    JsonNode annotations =
        document("knative/by-capacity.yaml").at("/spec/template/metadata/annotations");

    assertEquals(external.at("/name/as").asText(), metric.at("/metric/name").asText());
    assertTrue(recorded().contains(external.path("seriesQuery").asText()));
    assertEquals("1", metric.at("/target/averageValue").asText());
    assertEquals(
        perPod.at("/name/as").asText(),
        annotations.path("autoscaling.knative.dev/metric").asText());
  }

  @Test
  void hasKeptWhatKnativeIsToHaveOfAPod() throws IOException {
    JsonNode container =
        document("knative/target-keeper/deployment.yaml").at("/spec/template/spec/containers/0");
    String target = "autoscaling.knative.dev/target";
    JsonNode annotations =
        document("knative/by-rate.yaml").at("/spec/template/metadata/annotations");

    assertEquals("QUERY", container.at("/env/1/name").asText());
    assertTrue(recorded().contains(container.at("/env/1/value").asText()));
    assertTrue(container.at("/args/0").asText().contains(target + "="));
    assertTrue(annotations.has(target));
    assertEquals("rps", annotations.path("autoscaling.knative.dev/metric").asText());
    assertEquals(
        document("knative/service.yaml").at("/metadata/name").asText(),
        container.at("/env/2/value").asText());
  }

  @Test
  void writesTheTargetThatPrometheusSaysAndNoneWhereItSaysNone(@TempDir Path folder)
      throws Exception {
    String script =
        document("knative/target-keeper/deployment.yaml")
            .at("/spec/template/spec/containers/0/args/0")
            .asText();
    assertEquals(
        "annotate revisions.serving.knative.dev --overwrite --selector"
            + " serving.knative.dev/service=snowshed autoscaling.knative.dev/target=62.5\n",
        run(
            script,
            folder,
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
                + "[{\"metric\":{},\"value\":[1700000000.781,\"62.5\"]}]}}"));
    assertEquals(
        "",
        run(
            script,
            folder,
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"));
  }

  /** Two rounds of the script, with an answer of Prometheus; returns what it asks of kubectl. */
  private static String run(String script, Path folder, String answer) throws Exception {
    Path asked = folder.resolve("asked");
    Files.writeString(asked, "");
    String programs =
        """
        rounds=0
        sleep() { rounds=$((rounds + 1)); [ "$rounds" -le 2 ]; }
        curl() { printf '%s' "$ANSWER"; }
        kubectl() { printf '%s\n' "$*" >>"$ASKED"; }
        """;
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", programs + script);
    shell.environment().put("ANSWER", answer);
    shell.environment().put("ASKED", asked.toString());
    shell.environment().put("SERVICE", "snowshed");
    shell.environment().put("PROMETHEUS", "http://localhost");
    shell.environment().put("QUERY", "snowshed:knative:target");
    shell.environment().put("EVERY_SECONDS", "1");
    int _ = shell.inheritIO().start().waitFor();
    return Files.readString(asked);
  }

  @Test
  void scalesUpAtOnceAndHoldsForAMinuteEverywhere() throws IOException {
    JsonNode keda =
        document("keda/scaled-object.yaml")
            .at("/spec/advanced/horizontalPodAutoscalerConfig/behavior");
    JsonNode hpa =
        document("kubernetes/external-metrics/horizontal-pod-autoscaler.yaml").at("/spec/behavior");

    assertEquals(hpa, keda);
    assertEquals(60, keda.at("/scaleDown/stabilizationWindowSeconds").asInt());
    JsonNode knative = document("knative/by-rate.yaml").at("/spec/template/metadata/annotations");
    assertEquals("60s", knative.path("autoscaling.knative.dev/window").asText());
    assertEquals("5", knative.path("autoscaling.knative.dev/panic-window-percentage").asText());
    assertEquals(
        "175", knative.path("autoscaling.knative.dev/panic-threshold-percentage").asText());
  }

  @Test
  void scrapesAsOftenAsTheRulesNeed() throws IOException {
    assertEquals(
        "5s",
        document("kubernetes/monitoring/service-monitor.yaml")
            .at("/spec/endpoints/0/interval")
            .asText());
    assertEquals(
        "5s", document("prometheus/prometheus.yaml").at("/global/scrape_interval").asText());
    assertEquals(
        "1s",
        document("prometheus/prometheus.yaml").at("/scrape_configs/1/scrape_interval").asText());
  }

  @Test
  void scalesWhatTheBaseDeploysWithTheSameHeadroomEverywhere() throws IOException {
    String deployment = document("kubernetes/base/deployment.yaml").at("/metadata/name").asText();
    for (String file :
        List.of(
            "keda/scaled-object.yaml",
            "kubernetes/external-metrics/horizontal-pod-autoscaler.yaml")) {
      assertEquals(deployment, document(file).at("/spec/scaleTargetRef/name").asText(), file);
    }
    String headroom = "";
    for (JsonNode rule : document("prometheus/snowshed.rules.yaml").at("/groups/0/rules")) {
      if (rule.path("record").asText().equals("snowshed:headroom:share")) {
        headroom = rule.path("expr").asText();
      }
    }
    assertEquals("vector(0.8)", headroom);
    assertEquals(
        "80",
        document("knative/by-capacity.yaml")
            .at("/spec/template/metadata/annotations")
            .path("autoscaling.knative.dev/target")
            .asText());
    assertEquals(
        "80",
        document("knative/by-rate.yaml")
            .at("/spec/template/metadata/annotations")
            .path("autoscaling.knative.dev/target-utilization-percentage")
            .asText());
  }
}
