package dev.snowshed.simulation.fleet;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.core.lifecycle.Tickets;
import dev.snowshed.core.lifecycle.Vitals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The host's own lifecycle, as the host wires it, with the other hosts as its view of the fleet.
 */
final class SelfCare implements Keeper {
  /** Vitals are of the last two seconds. */
  private static final int TICKS = 8;

  /** The others are asked once a second. */
  private static final int TICKS_PER_POLL = 4;

  private static final double HEAP_IN_SPIRAL = 0.95;
  private static final double HEAP = 0.4;
  private static final double NANOS_PER_MILLI = 1e6;

  private final HostProcess process;
  private final Fellows fellows;
  private final Optional<MemberBudget> budget;
  private final Lifecycle lifecycle;
  private final Deque<Moment> moments = new ArrayDeque<>();
  private final @Nullable Heard[] heard;
  private int ticks;

  private SelfCare(
      HostProcess process,
      Fellows fellows,
      Optional<MemberBudget> budget,
      FleetBudget asked,
      long seed) {
    this.process = process;
    this.fellows = fellows;
    this.budget = budget;
    this.heard = new Heard[fellows.hosts()];
    this.lifecycle =
        new Lifecycle(
            LifecycleSettings.DEFAULTS, asked, new SplittableRandom(seed), process.startedNanos());
  }

  /** As in production. */
  static Factory factory() {
    return (process, fellows, seed) -> {
      MemberBudget budget =
          new MemberBudget(
              name(process.index()), FleetSettings.DEFAULTS, LongUnaryOperator.identity());
      return new SelfCare(process, fellows, Optional.of(budget), budget, seed);
    };
  }

  /** Without a budget that keeps enough of the fleet in: broken, to compare with. */
  static Factory unbudgeted() {
    return (process, fellows, seed) ->
        new SelfCare(process, fellows, Optional.empty(), new Anybody(), seed);
  }

  @Override
  public boolean isReady(long nowNanos) {
    return lifecycle.status().isReady();
  }

  @Override
  public Report report(long nowNanos) {
    // the agent speaks in whole percents
    double percents = Math.ceil(100 * lifecycle.status().weight());
    return new Report(isReady(nowNanos), Math.max(1, percents) / 100);
  }

  @Override
  public void listening(long nowNanos) {
    lifecycle.loaded(nowNanos);
  }

  @Override
  public void warmed(long nowNanos) {
    lifecycle.warmed(nowNanos);
  }

  @Override
  public void drain(long nowNanos) {
    lifecycle.drain("told to stop", nowNanos);
  }

  @Override
  public void tick(long nowNanos) {
    if (ticks++ % TICKS_PER_POLL == 0) {
      budget.ifPresent(own -> own.update(askOthers(nowNanos), nowNanos));
    }
    Moment now = Moment.of(process, nowNanos);
    moments.add(now);
    Moment then = moments.size() > TICKS ? moments.remove() : moments.getFirst();
    if (now.atNanos > then.atNanos) {
      lifecycle.tick(vitals(now, then), nowNanos);
    }
  }

  private List<Member> askOthers(long nowNanos) {
    List<Member> members = new ArrayList<>();
    for (int host = 0; host < heard.length; host++) {
      if (host == process.index()) {
        continue;
      }
      Heard news = ask(host, nowNanos);
      if (news != null) {
        long ageMillis = (long) ((nowNanos - news.atNanos) / NANOS_PER_MILLI);
        members.add(new Member(name(host), news.ready, news.tickets, ageMillis));
      }
    }
    return members;
  }

  private @Nullable Heard ask(int host, long nowNanos) {
    fellows
        .answering(host)
        .map(HostProcess::keeper)
        .filter(SelfCare.class::isInstance)
        .map(SelfCare.class::cast)
        .ifPresent(
            other -> {
              budget.ifPresent(own -> other.hear(own.tickets()));
              heard[host] = other.tell(nowNanos);
            });
    return heard[host];
  }

  private void hear(Tickets others) {
    budget.ifPresent(own -> others.own().ifPresent(own::heard));
  }

  private Heard tell(long nowNanos) {
    Tickets tickets = budget.map(MemberBudget::tickets).orElse(Tickets.NONE);
    return new Heard(isReady(nowNanos), tickets, nowNanos);
  }

  private Vitals vitals(Moment now, Moment then) {
    double seconds = (now.atNanos - then.atNanos) / 1e9;
    double gcShare = process.gcShare(now.atNanos);
    return new Vitals(
        0,
        0,
        process.host().cores(),
        process.host().startDelayNanos(now.atNanos),
        0,
        gcShare,
        gcShare > 0 ? HEAP_IN_SPIRAL : HEAP,
        (now.busyNanos - then.busyNanos) / (seconds * 1e9 * process.host().cores()),
        (now.offered - then.offered) / seconds,
        (now.refused - then.refused) / seconds,
        (now.good - then.good) / seconds,
        (now.late - then.late) / seconds);
  }

  private static String name(int host) {
    return String.format(Locale.ROOT, "host-%03d", host);
  }

  /** What another host said last. */
  private record Heard(boolean ready, Tickets tickets, long atNanos) {}

  /** What was counted until a moment. */
  private record Moment(
      long atNanos, long busyNanos, long offered, long refused, long good, long late) {
    static Moment of(HostProcess process, long nowNanos) {
      HostProcess.Counts counts = process.counts();
      return new Moment(
          nowNanos,
          process.host().busyNanos(nowNanos),
          counts.offered,
          counts.refused,
          counts.good,
          counts.late);
    }
  }

  /** Lets everybody leave. */
  private static final class Anybody implements FleetBudget {
    @Override
    public Answer mayLeave(long nowNanos) {
      return new Granted();
    }

    @Override
    public boolean mustReturn(long nowNanos) {
      return false;
    }

    @Override
    public void released(long nowNanos) {}
  }
}
