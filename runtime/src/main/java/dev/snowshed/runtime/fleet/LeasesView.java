package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.core.lifecycle.Tickets;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A view of the fleet through the Kubernetes API: each host keeps a lease ({@code
 * coordination.k8s.io/v1}) with the fleet's name as a label and what it has to say as annotations,
 * and reads those of the others. How old news are is measured from when a lease was last seen to
 * have changed, for the clocks of hosts differ; a lease that has not been seen to change is worth
 * nothing. One that has not changed for long is deleted by whoever notices.
 *
 * <p>It works on a thread of the operating system, so that it goes on when virtual threads do not
 * get to. The client is made when it starts. Safe for concurrent use.
 */
public final class LeasesView implements FleetView {
  static final String FLEET = "snowshed.dev/fleet";
  static final String STATE = "snowshed.dev/state";
  static final String READY = "snowshed.dev/ready";
  static final String TICKET = "snowshed.dev/ticket";
  static final String HEARD_TICKET = "snowshed.dev/heard-ticket";

  private static final Logger LOG = Logger.getLogger(LeasesView.class);

  private static final int MOST_NAME = 253;

  private final String ownId;
  private final String fleet;
  private final Optional<String> namespace;
  private final MemberBudget budget;
  private final Supplier<KubernetesClient> connect;
  private final Duration interval;

  /** By the name of the lease. */
  private final Hearsay hearsay;

  /** The version of each lease, by its name, as the API tells it. The thread's own. */
  private final Map<String, String> versions = new HashMap<>();

  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /**
   * A view that does not look yet.
   *
   * @param ownId this host's name
   * @param fleet the fleet's name
   * @param namespace of the leases; that of the client if there is none
   * @param budget is kept up to date
   * @param connect makes the client, on the view's own thread
   * @param interval how often the lease is renewed and the others are read
   * @param forgetAfter the age from which on news are forgotten
   * @param time in which news grows old, from {@link System#nanoTime}
   */
  public LeasesView(
      String ownId,
      String fleet,
      Optional<String> namespace,
      MemberBudget budget,
      Supplier<KubernetesClient> connect,
      Duration interval,
      Duration forgetAfter,
      LongUnaryOperator time) {
    this.ownId = ownId;
    this.fleet = fleet;
    this.namespace = namespace;
    this.budget = budget;
    this.connect = connect;
    this.interval = interval;
    this.hearsay = new Hearsay(ownId, time, forgetAfter);
  }

  @Override
  public String kind() {
    return "kubernetes";
  }

  @Override
  public String ownId() {
    return ownId;
  }

  @Override
  public FleetBudget budget() {
    return budget;
  }

  @Override
  public List<Member> members() {
    return hearsay.members();
  }

  @Override
  public void start(Supplier<LifecycleStatus> own) {
    thread = Thread.ofPlatform().name("snowshed-fleet").daemon().start(() -> run(own));
  }

  @Override
  public void close() {
    stopped = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run(Supplier<LifecycleStatus> own) {
    try (KubernetesClient client = connect.get()) {
      String place = namespace.orElseGet(client::getNamespace);
      look(client, place, own);
      boolean _ = Thread.interrupted();
      client.leases().inNamespace(place).withName(leaseName()).delete();
    } catch (RuntimeException | LinkageError e) {
      LOG.error(
          "There is no view of the fleet (snowshed.fleet.view=kubernetes) any more, so the host"
              + " stays in rotation whatever ails it",
          e);
    }
  }

  private void look(KubernetesClient client, String place, Supplier<LifecycleStatus> own) {
    long lastNanos = hearsay.longAgoNanos();
    try {
      while (!stopped) {
        long startNanos = System.nanoTime();
        long askedNanos = hearsay.nowNanos();
        lastNanos = renewAndRead(client, place, own.get(), lastNanos) ? askedNanos : lastNanos;
        budget.update(members(), System.nanoTime());
        Thread.sleep(interval.minusNanos(System.nanoTime() - startNanos));
      }
    } catch (InterruptedException e) {
      LOG.debug("The view of the fleet ends", e);
    }
  }

  /** Whether it could. */
  private boolean renewAndRead(
      KubernetesClient client, String place, LifecycleStatus own, long lastNanos) {
    try {
      client
          .leases()
          .inNamespace(place)
          .resource(lease(place, own))
          .createOr(NonDeletingOperation::update);
      List<Lease> leases =
          client.leases().inNamespace(place).withLabel(FLEET, fleet).list().getItems();
      leases.forEach(lease -> note(lease, lastNanos));
      Set<String> names = leases.stream().map(LeasesView::name).collect(Collectors.toSet());
      hearsay.retain(names);
      versions.keySet().retainAll(names);
      hearsay.forget().forEach(name -> forget(client, place, name));
      return true;
    } catch (KubernetesClientException e) {
      LOG.warnf(
          "The leases of the fleet in namespace %s could not be read; it is tried again: %s",
          place, e.getMessage());
      return false;
    }
  }

  private Lease lease(String place, LifecycleStatus own) {
    Tickets tickets = budget.tickets();
    LeaseBuilder lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(leaseName())
            .withNamespace(place)
            .addToLabels(FLEET, fleet)
            .addToAnnotations(STATE, own.state().name())
            .addToAnnotations(READY, String.valueOf(own.isReady()))
            .addToAnnotations(HEARD_TICKET, String.valueOf(tickets.heard()))
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(ownId)
            .withLeaseDurationSeconds((int) Math.max(1, interval.toSeconds()))
            .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
            .endSpec();
    tickets
        .own()
        .ifPresent(
            ticket ->
                lease
                    .editMetadata()
                    .addToAnnotations(TICKET, String.valueOf(ticket))
                    .endMetadata());
    return lease.build();
  }

  private String leaseName() {
    String name = (fleet + "-" + ownId).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    return name.substring(0, Math.min(MOST_NAME, name.length()));
  }

  /**
   * Takes a lease into account.
   *
   * @param lastNanos when the leases were asked for the last time: what has changed since is no
   *     older
   */
  private void note(Lease lease, long lastNanos) {
    if (name(lease).equals(leaseName())) {
      return;
    }
    String version = lease.getMetadata().getResourceVersion();
    String before = versions.put(name(lease), version);
    if (!version.equals(before)) {
      hearsay.note(name(lease), news(lease, before == null ? hearsay.longAgoNanos() : lastNanos));
    }
  }

  private static News news(Lease lease, long asOfNanos) {
    Map<String, String> said = lease.getMetadata().getAnnotations();
    String holder = lease.getSpec().getHolderIdentity();
    return News.of(
        holder == null ? name(lease) : holder,
        Boolean.parseBoolean(said.get(READY)),
        said.getOrDefault(STATE, ""),
        new Tickets(
            Tickets.parse(said.get(TICKET)), Tickets.parse(said.get(HEARD_TICKET)).orElse(0)),
        asOfNanos);
  }

  /** Deletes a lease that nobody renews any more. */
  private void forget(KubernetesClient client, String place, String name) {
    versions.remove(name);
    client.leases().inNamespace(place).withName(name).delete();
  }

  private static String name(Lease lease) {
    return lease.getMetadata().getName();
  }
}
