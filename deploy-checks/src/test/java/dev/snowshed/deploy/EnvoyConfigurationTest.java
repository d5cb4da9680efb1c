package dev.snowshed.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.load_balancing_policies.client_side_weighted_round_robin.v3.ClientSideWeightedRoundRobin;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/envoy} against the types of Envoy's API: every name, every type and every enum
 * value has to exist. What Envoy checks beyond these (ranges, extensions that a build lacks, DNS)
 * is not checked.
 */
class EnvoyConfigurationTest {
  private static final Path FILE = Path.of("../deploy/envoy/envoy.yaml");

  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(HttpConnectionManager.getDescriptor())
          .add(Router.getDescriptor())
          .add(PreviousHostsPredicate.getDescriptor())
          .add(ClientSideWeightedRoundRobin.getDescriptor())
          .add(HttpProtocolOptions.getDescriptor())
          .build();

  private static Bootstrap parse(String json) throws InvalidProtocolBufferException {
    Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    JsonFormat.parser().usingTypeRegistry(TYPES).merge(json, bootstrap);
    return bootstrap.build();
  }

  private static String json() throws IOException {
    return Yaml.document(FILE).toString();
  }

  private static Cluster cluster() throws IOException {
    return parse(json()).getStaticResources().getClusters(0);
  }

  @Test
  void hasNoNameThatEnvoyDoesNotKnow() throws IOException {
    assertEquals("hosts", cluster().getName());
    String wrong = json().replace("\"blackout_period\"", "\"blackout_time\"");
    assertThrows(InvalidProtocolBufferException.class, () -> parse(wrong));
  }

  @Test
  void weighsHostsByTheirReports() throws IOException {
    ClientSideWeightedRoundRobin policy =
        cluster()
            .getLoadBalancingPolicy()
            .getPolicies(0)
            .getTypedExtensionConfig()
            .getTypedConfig()
            .unpack(ClientSideWeightedRoundRobin.class);

    assertFalse(policy.getEnableOobLoadReport().getValue(), "reports come with the answers");
    assertTrue(policy.getWeightExpirationPeriod().getSeconds() > 0);
  }

  @Test
  void ejectsNobodyForRefusing() throws IOException {
    OutlierDetection detection = cluster().getOutlierDetection();

    assertTrue(detection.getSplitExternalLocalOriginErrors());
    assertTrue(detection.hasEnforcingConsecutive5Xx());
    assertEquals(0, detection.getEnforcingConsecutive5Xx().getValue());
    assertTrue(detection.hasEnforcingConsecutiveGatewayFailure());
    assertEquals(0, detection.getEnforcingConsecutiveGatewayFailure().getValue());
    assertTrue(detection.hasEnforcingSuccessRate());
    assertEquals(0, detection.getEnforcingSuccessRate().getValue());
  }

  @Test
  void keepsHalfOfTheFleetWhateverHappens() throws IOException {
    assertEquals(50, cluster().getCommonLbConfig().getHealthyPanicThreshold().getValue());
    assertTrue(cluster().getOutlierDetection().getMaxEjectionPercent().getValue() < 50);
  }

  @Test
  void letsNobodyMarkRequestsForADrill() throws IOException {
    HttpConnectionManager manager =
        parse(json())
            .getStaticResources()
            .getListeners(0)
            .getFilterChains(0)
            .getFilters(0)
            .getTypedConfig()
            .unpack(HttpConnectionManager.class);

    assertEquals(
        List.of("X-Snowshed-Drill"),
        manager.getRouteConfig().getVirtualHosts(0).getRequestHeadersToRemoveList());
  }

  @Test
  void boundsRetries() throws IOException {
    var threshold = cluster().getCircuitBreakers().getThresholds(0);

    assertEquals(20, threshold.getRetryBudget().getBudgetPercent().getValue());
  }

  @Test
  void probesReadinessOnTheManagementPort() throws IOException {
    var check = cluster().getHealthChecks(0);
    var endpoint = cluster().getLoadAssignment().getEndpoints(0).getLbEndpoints(0).getEndpoint();

    assertEquals("/health/ready", check.getHttpHealthCheck().getPath());
    assertEquals(9000, endpoint.getHealthCheckConfig().getPortValue());
  }
}
