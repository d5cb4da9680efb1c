package dev.snowshed.runtime.testing;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API that keeps leases, and can be made to fail. Safe for concurrent use. */
public final class LeaseApi implements AutoCloseable {
  /** Where the leases are. */
  public static final String NAMESPACE = "test";

  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(), new MockWebServer(), new HashMap<>(), new Keeper(), false);
  private final KubernetesClient client;

  private LeaseApi() {
    server.init();
    client = client("test");
  }

  /** Starts one without a lease. */
  public static LeaseApi start() {
    return new LeaseApi();
  }

  private final class Keeper extends KubernetesCrudDispatcher {
    Keeper() {
      super(List.of());
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String who = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
      return refused.contains(who.replace("Bearer ", ""))
          ? new MockResponse().setResponseCode(503)
          : super.dispatch(request);
    }
  }

  /** Where it answers. */
  public String address() {
    return server.url("/").replaceFirst("/$", "");
  }

  /** A client that says who it is. */
  public KubernetesClient client(String who) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withMasterUrl(address())
                .withNamespace(NAMESPACE)
                .withOauthToken(who)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  /** Answers this client with nothing but 503 from now on. */
  public void refuse(String who) {
    refused.add(who);
  }

  /** Serves this client again. */
  public void serve(String who) {
    refused.remove(who);
  }

  /** Cannot be reached from now on. */
  public void stop() {
    server.destroy();
  }

  /** All leases. */
  public NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases() {
    return client.leases().inNamespace(NAMESPACE);
  }

  /** A lease, if it is there. */
  public @Nullable Lease leaseOrNull(String name) {
    return leases().withName(name).get();
  }

  /** A lease that has to be there. */
  public Lease lease(String name) {
    return Objects.requireNonNull(leaseOrNull(name), name);
  }

  /** What a lease says under a key of its annotations. */
  public @Nullable String says(String lease, String key) {
    return lease(lease).getMetadata().getAnnotations().get(key);
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
