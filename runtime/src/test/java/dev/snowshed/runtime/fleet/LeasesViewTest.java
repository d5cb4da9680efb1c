package dev.snowshed.runtime.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.runtime.testing.Poll;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesViewTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration STALE = Duration.ofMillis(500);

  private final KubernetesMockServer api =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          false);
  private final List<LeasesView> views = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  @BeforeEach
  void open() {
    api.init();
    client = api.createClient();
  }

  @AfterEach
  void close() {
    views.forEach(LeasesView::close);
    client.close();
    api.destroy();
  }

  @Test
  void tellsTheOthersOfItself() {
    Lifecycle life = life();
    LeasesView one = view("one:9000", Duration.ofMinutes(5));
    one.start(life::status);
    Poll.until("lease", () -> leaseOrNull("shop-one-9000") != null);
    Lease lease = lease("shop-one-9000");
    assertEquals("one:9000", lease.getSpec().getHolderIdentity());
    assertEquals("shop", lease.getMetadata().getLabels().get(LeasesView.FLEET));
    assertEquals("STARTING", lease.getMetadata().getAnnotations().get(LeasesView.STATE));
    life.warmed(0);
    Poll.until(
        "ready",
        () ->
            "true"
                .equals(
                    lease("shop-one-9000").getMetadata().getAnnotations().get(LeasesView.READY)));
    one.close();
    Poll.until("gone", () -> leaseOrNull("shop-one-9000") == null);
  }

  @Test
  void agreesWithTheOthersWhoMayLeave() {
    Lifecycle life = life();
    life.warmed(0);
    List<LeasesView> fleet =
        List.of("one", "two", "three").stream().map(id -> view(id, Duration.ofMinutes(5))).toList();
    fleet.forEach(view -> view.start(life::status));
    LeasesView one = fleet.get(0);
    LeasesView two = fleet.get(1);
    Poll.until("all known", () -> one.members().stream().filter(Member::ready).count() == 2);
    Poll.until(
        "granted", () -> one.budget().mayLeave(System.nanoTime()) instanceof FleetBudget.Granted);
    Poll.until(
        "denied to the second",
        () -> {
          FleetBudget.Answer _ = one.budget().mayLeave(System.nanoTime());
          return two.budget().mayLeave(System.nanoTime()).toString().contains("go first");
        });
  }

  @Test
  void takesALeaseThatIsNotRenewedForNothing() {
    create("shop-dead", "shop");
    create("other-well", "other");
    LeasesView one = view("one", Duration.ofMinutes(5));
    one.start(life()::status);
    Poll.until("read", () -> !one.members().isEmpty());
    assertEquals(List.of("dead"), one.members().stream().map(Member::id).toList());
    assertTrue(one.members().getFirst().ageMillis() > STALE.toMillis());
    FleetBudget.Answer answer = one.budget().mayLeave(System.nanoTime());
    assertInstanceOf(FleetBudget.Unknown.class, answer, answer.toString());
  }

  @Test
  void deletesALeaseThatIsNotRenewedForLong() {
    create("shop-dead", "shop");
    LeasesView one = view("one", Duration.ofSeconds(1));
    one.start(life()::status);
    Poll.until("deleted", () -> leaseOrNull("shop-dead") == null);
    Poll.until("forgotten", () -> one.members().isEmpty());
    assertFalse(leaseOrNull("shop-one") == null);
  }

  private void create(String name, String fleet) {
    Lease _ =
        client
            .leases()
            .inNamespace("test")
            .resource(
                new LeaseBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace("test")
                    .addToLabels(LeasesView.FLEET, fleet)
                    .addToAnnotations(LeasesView.READY, "true")
                    .endMetadata()
                    .withNewSpec()
                    .withHolderIdentity(name.replaceFirst(".*-", ""))
                    .endSpec()
                    .build())
            .create();
  }

  private Lease lease(String name) {
    return Objects.requireNonNull(leaseOrNull(name), name);
  }

  private @Nullable Lease leaseOrNull(String name) {
    return client.leases().inNamespace("test").withName(name).get();
  }

  private LeasesView view(String id, Duration forgetAfter) {
    FleetSettings settings = new FleetSettings(0.34, 0.5, STALE, forgetAfter);
    LeasesView view =
        new LeasesView(
            id,
            "shop",
            Optional.of("test"),
            new MemberBudget(id, settings, LongUnaryOperator.identity()),
            api::createClient,
            INTERVAL,
            forgetAfter,
            LongUnaryOperator.identity());
    views.add(view);
    return view;
  }

  private static Lifecycle life() {
    return new Lifecycle(LifecycleSettings.DEFAULTS, FleetBudget.alone(), new Random(1), 0);
  }
}
