package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.core.lifecycle.Tickets;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
 * nothing. One that has not changed for long is deleted by whoever notices. Time counts for that
 * only as far as the leases could be read, at most two intervals for each time: when the API was
 * gone for long, nobody could renew a lease.
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
  private static final Duration MOST_CLOSING = Duration.ofSeconds(2);
  private static final long COMPLAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final String ownId;
  private final String fleet;
  private final Optional<String> namespace;
  private final MemberBudget budget;
  private final Supplier<KubernetesClient> connect;
  private final Duration interval;
  private final long forgetNanos;

  /** By the name of the lease. */
  private final Hearsay hearsay;

  // The thread's own.
  private final Map<String, Seen> seen = new HashMap<>();
  private OptionalLong lastNanos = OptionalLong.empty();
  private long watchedNanos;
  private long complainedNanos = System.nanoTime() - COMPLAIN_NANOS;

  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /**
   * How a lease was last seen to change.
   *
   * @param version as the API tells it
   * @param sinceNanos when, in watched time
   */
  private record Seen(String version, long sinceNanos) {}

  /**
   * A view that does not look yet.
   *
   * @param ownId this host's name
   * @param fleet the fleet's name
   * @param namespace of the leases; that of the client if there is none
   * @param budget is kept up to date
   * @param connect makes the client, on the view's own thread
   * @param interval how often the lease is renewed and the others are read
   * @param forgetAfter how long a lease may stay as it is until it is deleted
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
    this.forgetNanos = forgetAfter.toNanos();
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

  /** Ends the view, and waits a moment until its lease is deleted. */
  @Override
  public void close() {
    stopped = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      boolean _ = running.join(MOST_CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Supplier<LifecycleStatus> own) {
    try (KubernetesClient client = connect.get()) {
      String place = namespace.orElseGet(client::getNamespace);
      look(client, place, own);
      boolean _ = Thread.interrupted();
      client.leases().inNamespace(place).withName(leaseName()).delete();
    } catch (RuntimeException | LinkageError e) {
      if (stopped) {
        LOG.warnf(
            "The lease %s could not be deleted; others will: %s", leaseName(), e.getMessage());
        return;
      }
      LOG.error(
          "There is no view of the fleet (snowshed.fleet.view=kubernetes) any more, so the host"
              + " stays in rotation whatever ails it",
          e);
    }
  }

  private void look(KubernetesClient client, String place, Supplier<LifecycleStatus> own) {
    try {
      while (!stopped) {
        long startNanos = System.nanoTime();
        renewAndRead(client, place, own);
        budget.update(members(), System.nanoTime());
        Thread.sleep(interval.minusNanos(System.nanoTime() - startNanos));
      }
    } catch (InterruptedException e) {
      LOG.debug("The view of the fleet ends", e);
    }
  }

  private void renewAndRead(KubernetesClient client, String place, Supplier<LifecycleStatus> own) {
    try {
      long askedNanos = hearsay.nowNanos();
      client
          .leases()
          .inNamespace(place)
          .resource(lease(place, own.get()))
          .createOr(NonDeletingOperation::update);
      take(
          client.leases().inNamespace(place).withLabel(FLEET, fleet).list().getItems(), askedNanos);
      deleteAbandoned(client, place);
    } catch (RuntimeException | LinkageError e) {
      complain(place, e);
    }
  }

  private void complain(String place, Throwable e) {
    if (stopped || System.nanoTime() - complainedNanos < COMPLAIN_NANOS) {
      return;
    }
    complainedNanos = System.nanoTime();
    String problem = "The leases of the fleet in namespace %s could not be read; it is tried again";
    if (e instanceof KubernetesClientException) {
      LOG.warnf(problem + ": %s", place, Objects.requireNonNullElse(e.getCause(), e));
    } else {
      LOG.errorf(e, problem, place);
    }
  }

  /**
   * Takes the leases into account.
   *
   * @param askedNanos when they were asked for
   */
  private void take(List<Lease> leases, long askedNanos) {
    watchedNanos +=
        Math.clamp(askedNanos - lastNanos.orElse(askedNanos), 0, 2 * interval.toNanos());
    leases.forEach(this::note);
    Set<String> names = leases.stream().map(LeasesView::name).collect(Collectors.toSet());
    hearsay.retain(names);
    seen.keySet().retainAll(names);
    lastNanos = OptionalLong.of(askedNanos);
  }

  /** Deletes the leases that nobody renews any more. */
  private void deleteAbandoned(KubernetesClient client, String place) {
    List<String> abandoned =
        seen.entrySet().stream()
            .filter(each -> watchedNanos - each.getValue().sinceNanos() > forgetNanos)
            .map(Map.Entry::getKey)
            .toList();
    for (String name : abandoned) {
      client.leases().inNamespace(place).withName(name).delete();
      seen.remove(name);
      hearsay.remove(name);
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

  /** Takes a lease into account: one that has changed is no older than the last look. */
  private void note(Lease lease) {
    if (name(lease).equals(leaseName())) {
      return;
    }
    String version = lease.getMetadata().getResourceVersion();
    Seen before = seen.get(name(lease));
    if (before == null || !before.version().equals(version)) {
      seen.put(name(lease), new Seen(version, watchedNanos));
      hearsay.note(name(lease), news(lease, before == null ? OptionalLong.empty() : lastNanos));
    }
  }

  private static News news(Lease lease, OptionalLong asOfNanos) {
    Map<String, String> said = lease.getMetadata().getAnnotations();
    return News.of(
        Optional.ofNullable(lease.getSpec())
            .map(LeaseSpec::getHolderIdentity)
            .orElseGet(() -> name(lease)),
        Boolean.parseBoolean(said.get(READY)),
        said.getOrDefault(STATE, ""),
        new Tickets(
            Tickets.parse(said.get(TICKET)), Tickets.parse(said.get(HEARD_TICKET)).orElse(0)),
        asOfNanos);
  }

  private static String name(Lease lease) {
    return lease.getMetadata().getName();
  }
}
