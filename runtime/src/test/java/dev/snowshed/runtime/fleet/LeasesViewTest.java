package dev.snowshed.runtime.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.runtime.testing.LeaseApi;
import dev.snowshed.runtime.testing.Poll;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesViewTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration STALE = Duration.ofMillis(500);

  private final LeaseApi api = LeaseApi.start();
  private final List<LeasesView> views = new ArrayList<>();

  /** How far the views' time is ahead. */
  private final AtomicLong aheadNanos = new AtomicLong();

  @AfterEach
  void close() {
    views.forEach(LeasesView::close);
    api.close();
  }

  @Test
  void tellsTheOthersOfItself() {
    Lifecycle life = life();
    LeasesView one = view("one:9000", Duration.ofMinutes(5));
    one.start(life::status);
    Poll.until("lease", () -> api.leaseOrNull("shop-one-9000") != null);
    Lease lease = api.lease("shop-one-9000");
    assertEquals("one:9000", lease.getSpec().getHolderIdentity());
    assertEquals("shop", lease.getMetadata().getLabels().get(LeasesView.FLEET));
    assertEquals("STARTING", lease.getMetadata().getAnnotations().get(LeasesView.STATE));
    life.warmed(0);
    Poll.until("ready", () -> "true".equals(api.says("shop-one-9000", LeasesView.READY)));
    one.close();
    Poll.until("gone", () -> api.leaseOrNull("shop-one-9000") == null);
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
    assertEquals(List.of("dead"), ids(one));
    assertEquals(Member.AGE_UNKNOWN, one.members().getFirst().ageMillis());
    FleetBudget.Answer answer = one.budget().mayLeave(System.nanoTime());
    assertInstanceOf(FleetBudget.Unknown.class, answer, answer.toString());
  }

  @Test
  void deletesALeaseThatIsNotRenewedForLong() {
    create("shop-dead", "shop");
    Duration forgetAfter = Duration.ofSeconds(1);
    LeasesView one = view("one", forgetAfter);
    long startNanos = System.nanoTime();
    one.start(life()::status);
    Poll.until("deleted", () -> api.leaseOrNull("shop-dead") == null);
    long tookNanos = System.nanoTime() - startNanos;
    assertTrue(tookNanos > forgetAfter.toNanos(), "deleted after " + tookNanos + " ns");
    Poll.until("forgotten", () -> one.members().isEmpty());
    assertNotNull(api.leaseOrNull("shop-one"));
  }

  /** One of them has been renewed since, and the other not yet. */
  @Test
  void keepsTheLeasesOfTheOthersWhenItCouldNotReadThemForLong() {
    create("shop-two", "shop");
    create("shop-three", "shop");
    LeasesView one = view("one", Duration.ofMinutes(5));
    one.start(life()::status);
    Poll.until("both seen", () -> ids(one).equals(List.of("three", "two")));
    renew("shop-two");
    renew("shop-three");
    Poll.until("both live", () -> dated(one).equals(List.of("three", "two")));

    api.refuse("one");
    aheadNanos.addAndGet(Duration.ofMinutes(10).toNanos());
    renew("shop-three");
    Poll.until("old news", () -> dated(one).isEmpty());
    api.serve("one");
    awaitLooks(3);

    assertNotNull(api.leaseOrNull("shop-two"));
    assertNotNull(api.leaseOrNull("shop-three"));
    assertEquals(List.of("three", "two"), ids(one));
    renew("shop-two");
    Poll.until("it lives", () -> dated(one).equals(List.of("two")));
  }

  @Test
  void goesOnAfterWhatNobodyExpected() {
    Lease _ = api.leases().resource(named("shop-odd", "shop").build()).create();
    create("shop-two", "shop");
    AtomicInteger asked = new AtomicInteger();
    Lifecycle life = life();
    LeasesView one = view("one", Duration.ofMinutes(5));
    one.start(
        () -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("not expected");
          }
          return life.status();
        });
    Poll.until("both seen", () -> ids(one).equals(List.of("shop-odd", "two")));
    renew("shop-two");
    Poll.until("it lives", () -> dated(one).equals(List.of("two")));
  }

  private void create(String name, String fleet) {
    Lease _ =
        api.leases()
            .resource(
                named(name, fleet)
                    .withNewSpec()
                    .withHolderIdentity(name.replaceFirst(".*-", ""))
                    .endSpec()
                    .build())
            .create();
  }

  private static LeaseBuilder named(String name, String fleet) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(LeaseApi.NAMESPACE)
        .addToLabels(LeasesView.FLEET, fleet)
        .addToAnnotations(LeasesView.READY, "true")
        .endMetadata();
  }

  private void renew(String name) {
    Lease lease = api.lease(name);
    Lease _ =
        api.leases()
            .resource(
                new LeaseBuilder(lease)
                    .editMetadata()
                    .addToAnnotations("renewed", version(name))
                    .endMetadata()
                    .build())
            .update();
  }

  private String version(String name) {
    return api.lease(name).getMetadata().getResourceVersion();
  }

  /** Waits until the view of "one" has renewed its lease so many times. */
  private void awaitLooks(int count) {
    for (int i = 0; i < count; i++) {
      String before = version("shop-one");
      Poll.until("renewed", () -> !version("shop-one").equals(before));
    }
  }

  private static List<String> ids(LeasesView view) {
    return view.members().stream().map(Member::id).toList();
  }

  /** Those of which it is known how old their news is. */
  private static List<String> dated(LeasesView view) {
    return view.members().stream()
        .filter(member -> member.ageMillis() >= 0)
        .map(Member::id)
        .toList();
  }

  private LeasesView view(String id, Duration forgetAfter) {
    FleetSettings settings = new FleetSettings(0.34, 0.5, STALE, forgetAfter);
    LongUnaryOperator time = real -> real + aheadNanos.get();
    LeasesView view =
        new LeasesView(
            id,
            "shop",
            Optional.of(LeaseApi.NAMESPACE),
            new MemberBudget(id, settings, time),
            () -> api.client(id),
            INTERVAL,
            forgetAfter,
            time);
    views.add(view);
    return view;
  }

  private static Lifecycle life() {
    return new Lifecycle(LifecycleSettings.DEFAULTS, FleetBudget.alone(), new Random(1), 0);
  }
}
