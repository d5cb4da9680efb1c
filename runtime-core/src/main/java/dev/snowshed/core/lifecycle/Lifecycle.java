package dev.snowshed.core.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The life of a host: decides from what is measured of it whether it should be in rotation, and
 * with which weight. The states and their edges are drawn at {@link LifecycleState}.
 *
 * <pre>
 * STARTING   ─ loaded ────────────────────────────────────▶ WARMING
 * WARMING    ─ warmed ────────────────────────────────────▶ READY
 * READY      ─ a cause is present ────────────────────────▶ STRAINED
 * STRAINED   ─ no cause is present ───────────────────────▶ READY
 * STRAINED   ─ a local cause has lasted, the fleet agrees ▶ EJECTED
 * EJECTED    ─ hold-off over, no local cause is present ──▶ RECOVERING
 * EJECTED    ─ the fleet needs it ────────────────────────▶ RECOVERING
 * RECOVERING ─ a cause is present ────────────────────────▶ STRAINED
 * RECOVERING ─ slow start over ───────────────────────────▶ READY
 * any        ─ drain ─▶ DRAINING ─ stopped ───────────────▶ STOPPED
 * </pre>
 *
 * <p>In every doubt the host stays in: what is not known is no cause, and time counts only as far
 * as ticks have seen it, at most one second each, so that neither a jump of the clock nor a pause
 * of the process makes anything last.
 *
 * <p>Safe for concurrent use: everything that changes happens under one lock, and {@link #status()}
 * reads what the last change has left without it.
 */
public final class Lifecycle {
  private static final long MAX_STEP_NANOS = 1_000_000_000;
  private static final int REMEMBERED = 32;

  private final Object lock = new Object();
  private final FleetBudget budget;
  private final List<Consumer<Transition>> listeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<LifecycleStatus, LifecycleStatus>> watchers =
      new CopyOnWriteArrayList<>();

  // Guarded by lock.
  private final Health health;
  private final HoldOff holdOff;
  private final Weight weight;
  private final Deque<Transition> recent = new ArrayDeque<>();
  private final List<Transition> untold = new ArrayList<>();
  private LifecycleState state = LifecycleState.STARTING;
  private long sinceNanos;
  private long tickedNanos;
  private @Nullable Cause duty;
  private OptionalLong wantsOutSinceNanos = OptionalLong.empty();
  private Optional<String> heldIn = Optional.empty();

  private volatile LifecycleStatus status;

  /**
   * A host that starts now.
   *
   * @param budget says whether the fleet can do without it; asked under the lock
   * @param random spreads hold-off; used under the lock
   */
  public Lifecycle(
      LifecycleSettings settings, FleetBudget budget, RandomGenerator random, long nowNanos) {
    this.budget = budget;
    health = new Health(settings);
    holdOff = new HoldOff(settings, random);
    weight = new Weight(settings);
    sinceNanos = nowNanos;
    tickedNanos = nowNanos;
    duty = new Cause(Cause.Kind.FUNCTIONS_LOADING, "functions are being loaded", nowNanos);
    status = snapshot();
  }

  /** What is known now. */
  public LifecycleStatus status() {
    return status;
  }

  /**
   * Tells of every transition from now on, without the lock, on the thread that caused it. Those of
   * different threads may come in another order than they happened.
   */
  public void onTransition(Consumer<Transition> listener) {
    listeners.add(listener);
  }

  /**
   * Shows every change from now on, those of a tick included: what was known before, and what is
   * known after it. Without the lock, on the thread that caused it, before its transitions are
   * told. Those of different threads may come in another order than they happened.
   */
  public void onChange(BiConsumer<LifecycleStatus, LifecycleStatus> watcher) {
    watchers.add(watcher);
  }

  /** All functions were tried to be loaded. Only the first time counts. */
  public void loaded(long nowNanos) {
    change(() -> warmUp(nowNanos));
  }

  /** The functions are warm, which implies loaded. Only the first time counts. */
  public void warmed(long nowNanos) {
    change(() -> ready(nowNanos));
  }

  /** Takes what was measured. To be called once a second at least. */
  public void tick(Vitals vitals, long nowNanos) {
    change(() -> live(vitals, nowNanos));
  }

  /**
   * Takes the host out for good. Only the first time counts.
   *
   * @param why a sentence for people
   */
  public void drain(String why, long nowNanos) {
    change(() -> leave(why, nowNanos));
  }

  /** All is done, after a drain or without one. */
  public void stopped(long nowNanos) {
    change(() -> end(nowNanos));
  }

  private void change(Runnable step) {
    List<Transition> told;
    LifecycleStatus before;
    LifecycleStatus after;
    synchronized (lock) {
      before = status;
      step.run();
      after = snapshot();
      status = after;
      told = List.copyOf(untold);
      untold.clear();
    }
    watchers.forEach(watcher -> watcher.accept(before, after));
    told.forEach(each -> listeners.forEach(listener -> listener.accept(each)));
  }

  private void warmUp(long nowNanos) {
    if (state == LifecycleState.STARTING) {
      go(LifecycleState.WARMING, "functions are loaded", nowNanos);
      duty = new Cause(Cause.Kind.WARM_UP, "functions are called for the first time", nowNanos);
    }
  }

  private void ready(long nowNanos) {
    warmUp(nowNanos);
    if (state == LifecycleState.WARMING) {
      enter(LifecycleState.READY, "functions are warm", nowNanos);
      duty = null;
    }
  }

  private void leave(String why, long nowNanos) {
    if (state != LifecycleState.DRAINING && state != LifecycleState.STOPPED) {
      withdraw(nowNanos);
      go(LifecycleState.DRAINING, why, nowNanos);
      duty = new Cause(Cause.Kind.DRAIN, why, nowNanos);
    }
  }

  private void end(long nowNanos) {
    leave("the host stops", nowNanos);
    if (state == LifecycleState.DRAINING) {
      go(LifecycleState.STOPPED, "all is done", nowNanos);
    }
  }

  private void live(Vitals vitals, long nowNanos) {
    long stepNanos = Math.clamp(nowNanos - tickedNanos, 0, MAX_STEP_NANOS);
    tickedNanos = nowNanos;
    if (duty == null) {
      health.observe(vitals, stepNanos, nowNanos);
      pass(vitals, stepNanos);
      decide(nowNanos);
    }
  }

  private void pass(Vitals vitals, long stepNanos) {
    if (state.isReady()) {
      weight.pass(vitals, stepNanos);
      holdOff.passInRotation(health.ill(), stepNanos);
    } else {
      holdOff.pass(stepNanos);
    }
  }

  private void decide(long nowNanos) {
    switch (state) {
      case READY -> strainIfAiling(nowNanos);
      case STRAINED -> recoverOrLeave(nowNanos);
      case EJECTED -> comeBackIfPossible(nowNanos);
      case RECOVERING -> settleOrRelapse(nowNanos);
      case STARTING, WARMING, DRAINING, STOPPED -> {}
    }
  }

  private void strainIfAiling(long nowNanos) {
    if (health.strained()) {
      go(LifecycleState.STRAINED, evidence(), nowNanos);
    }
  }

  private void recoverOrLeave(long nowNanos) {
    Optional<Cause> lasting = health.lasting();
    if (lasting.isPresent()) {
      ask(lasting.get(), nowNanos);
      return;
    }
    withdraw(nowNanos);
    if (!health.strained()) {
      go(LifecycleState.READY, "all causes are gone", nowNanos);
    }
  }

  private void ask(Cause cause, long nowNanos) {
    if (wantsOutSinceNanos.isEmpty()) {
      wantsOutSinceNanos = OptionalLong.of(nowNanos);
    }
    switch (budget.mayLeave(nowNanos)) {
      case FleetBudget.Granted() -> eject(cause, nowNanos);
      case FleetBudget.Denied(String reason) -> heldIn = Optional.of(reason);
      case FleetBudget.Unknown(String reason) -> heldIn = Optional.of(reason);
    }
  }

  private void eject(Cause cause, long nowNanos) {
    heldIn = Optional.empty();
    holdOff.begin();
    go(LifecycleState.EJECTED, cause.evidence(), nowNanos);
  }

  private void comeBackIfPossible(long nowNanos) {
    if (budget.mustReturn(nowNanos)) {
      comeBack("the fleet has become too small without it", nowNanos);
    } else if (holdOff.over() && !health.ill()) {
      comeBack("all local causes are gone", nowNanos);
    }
  }

  private void comeBack(String why, long nowNanos) {
    withdraw(nowNanos);
    health.restart();
    enter(LifecycleState.RECOVERING, why, nowNanos);
  }

  private void settleOrRelapse(long nowNanos) {
    if (health.strained()) {
      go(LifecycleState.STRAINED, evidence(), nowNanos);
    } else if (weight.slowStartOver()) {
      go(LifecycleState.READY, "slow start is over", nowNanos);
    }
  }

  private void withdraw(long nowNanos) {
    heldIn = Optional.empty();
    if (wantsOutSinceNanos.isPresent()) {
      wantsOutSinceNanos = OptionalLong.empty();
      budget.released(nowNanos);
    }
  }

  private void enter(LifecycleState next, String why, long nowNanos) {
    weight.begin();
    go(next, why, nowNanos);
  }

  private void go(LifecycleState next, String why, long nowNanos) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException("there is no way from " + state + " to " + next);
    }
    Transition transition = new Transition(state, next, nowNanos, why);
    state = next;
    sinceNanos = nowNanos;
    untold.add(transition);
    recent.addLast(transition);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
  }

  private String evidence() {
    return health.causes().getFirst().evidence();
  }

  private List<Cause> causes() {
    return duty == null ? health.causes() : List.of(duty);
  }

  private LifecycleStatus snapshot() {
    return new LifecycleStatus(
        state,
        sinceNanos,
        causes(),
        state.isReady() ? weight.value() : 0,
        heldIn,
        wantsOutSinceNanos,
        List.copyOf(recent));
  }
}
