package dev.snowshed.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code deploy/kubernetes} and {@code deploy/knative} against the schemas of their kinds. */
class ManifestsTest {
  private static final Path KUBERNETES = Path.of("../deploy/kubernetes");
  private static final Path KNATIVE = Path.of("../deploy/knative");
  private static final Path KEDA = Path.of("../deploy/keda");

  /** The longest that stop hooks are given, see docs/containers.md. */
  private static final int HOOKS_SECONDS = 10;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static boolean isKustomization(Path file) {
    return file.endsWith("kustomization.yaml");
  }

  private static JsonNode base(String file) throws IOException {
    return Yaml.document(KUBERNETES.resolve("base").resolve(file));
  }

  private static JsonNode pod() throws IOException {
    return base("deployment.yaml").at("/spec/template/spec");
  }

  private static JsonNode container() throws IOException {
    return pod().at("/containers/0");
  }

  @Test
  void hasNothingThatTheSchemasDoNotKnow() throws IOException {
    List<String> checked = new ArrayList<>();
    for (Path folder : List.of(KUBERNETES, KNATIVE, KEDA)) {
      for (Path file : files(folder)) {
        if (!isKustomization(file)
            && !file.endsWith("name-reference.yaml")
            && !file.startsWith(KUBERNETES.resolve("example"))) {
          JsonNode manifest = Yaml.document(file);
          assertDoesNotThrow(() -> Schemas.check(manifest), file.toString());
          checked.add(manifest.path("kind").asText());
        }
      }
    }
    assertEquals(19, checked.size(), checked.toString());
  }

  @Test
  void wouldFindAMisspeltField() throws IOException {
    for (String file :
        List.of(
            "base/deployment.yaml",
            "base/pod-disruption-budget.yaml",
            "monitoring/service-monitor.yaml",
            "monitoring/prometheus-rule.yaml",
            "external-metrics/horizontal-pod-autoscaler.yaml",
            "../keda/scaled-object.yaml",
            "../knative/service.yaml")) {
      JsonNode manifest = Yaml.document(KUBERNETES.resolve(file));
      ((ObjectNode) manifest.path("spec")).put("selektor", "x");
      assertThrows(IllegalArgumentException.class, () -> Schemas.check(manifest), file);
    }
  }

  @Test
  void wouldFindAFieldThatIsMissingOrOfAnotherType() throws IOException {
    ObjectNode missing = (ObjectNode) base("deployment.yaml");
    ((ObjectNode) missing.path("spec")).remove("selector");
    ObjectNode mistyped = (ObjectNode) base("deployment.yaml");
    ((ObjectNode) mistyped.path("spec")).put("minReadySeconds", "a while");

    assertThrows(IllegalArgumentException.class, () -> Schemas.check(missing));
    assertThrows(IllegalArgumentException.class, () -> Schemas.check(mistyped));
  }

  @Test
  void namesOnlyFilesThatAreThereAndAllOfThem() throws IOException {
    Set<String> known =
        Set.of(
            "apiVersion",
            "kind",
            "resources",
            "components",
            "labels",
            "namePrefix",
            "images",
            "configurations",
            "patches");
    List<Path> files = new ArrayList<>(files(KUBERNETES));
    files.addAll(files(KEDA));
    for (Path file : files) {
      if (isKustomization(file)) {
        JsonNode kustomization = Yaml.document(file);
        kustomization
            .fieldNames()
            .forEachRemaining(field -> assertTrue(known.contains(field), file + ": " + field));
        List<Path> named = new ArrayList<>();
        for (String list : List.of("resources", "components", "configurations")) {
          kustomization.path(list).forEach(it -> named.add(file.resolveSibling(it.asText())));
        }
        kustomization
            .path("patches")
            .forEach(it -> named.add(file.resolveSibling(it.path("path").asText())));
        named.forEach(it -> assertTrue(Files.exists(it), it.toString()));
        for (Path sibling : files(file.resolveSibling(""))) {
          assertTrue(isKustomization(sibling) || named.contains(sibling), sibling.toString());
        }
      }
    }
  }

  @Test
  void selectsThePodsThatItMakes() throws IOException {
    JsonNode labels = base("deployment.yaml").at("/spec/template/metadata/labels");
    for (String pointer : List.of("/spec/selector/matchLabels")) {
      assertEquals(labels, base("deployment.yaml").at(pointer));
      assertEquals(labels, base("pod-disruption-budget.yaml").at(pointer));
    }
    assertEquals(labels, base("service.yaml").at("/spec/selector"));
    assertEquals(labels, base("management-service.yaml").at("/spec/selector"));
    pod()
        .path("topologySpreadConstraints")
        .forEach(it -> assertEquals(labels, it.at("/labelSelector/matchLabels")));
    JsonNode monitored =
        Yaml.document(KUBERNETES.resolve("monitoring/service-monitor.yaml"))
            .at("/spec/selector/matchLabels");
    assertEquals(base("management-service.yaml").at("/metadata/labels"), monitored);
  }

  @Test
  void probesTheManagementPortAndNothingElse() throws IOException {
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertEquals("management", container().at("/" + probe + "/httpGet/port").asText());
    }
    assertEquals("/health/started", container().at("/startupProbe/httpGet/path").asText());
    assertEquals("/health/ready", container().at("/readinessProbe/httpGet/path").asText());
    assertEquals("/health/live", container().at("/livenessProbe/httpGet/path").asText());
  }

  @Test
  void leavesTheDrainItsTime() throws IOException {
    int preStopSeconds = container().at("/lifecycle/preStop/sleep/seconds").asInt();
    int announceSeconds = 5;
    int timeoutSeconds = 30;

    assertTrue(preStopSeconds > 0);
    assertTrue(
        pod().path("terminationGracePeriodSeconds").asInt()
            > preStopSeconds + announceSeconds + timeoutSeconds + HOOKS_SECONDS);
  }

  @Test
  void givesThePodWhatTheFleetViewNeeds() throws IOException {
    assertEquals(
        base("service-account.yaml").at("/metadata/name"), pod().path("serviceAccountName"));
    assertEquals(
        base("service-account.yaml").at("/metadata/name"),
        base("role-binding.yaml").at("/subjects/0/name"));
    assertEquals(
        base("role.yaml").at("/metadata/name"), base("role-binding.yaml").at("/roleRef/name"));
    assertEquals("leases", base("role.yaml").at("/rules/0/resources/0").asText());
  }

  @Test
  void letsKnativeTakeMoreThanTheHostWillRunOrQueue() throws IOException {
    JsonNode spec = Yaml.document(KNATIVE.resolve("service.yaml")).at("/spec/template/spec");
    int ours = 0;
    for (JsonNode variable : spec.at("/containers/0/env")) {
      if (variable.path("name").asText().startsWith("SNOWSHED_ADMISSION_MAX_")) {
        ours += variable.path("value").asInt();
      }
    }

    assertTrue(ours > 0);
    assertTrue(spec.path("containerConcurrency").asInt() > ours);
  }
}
