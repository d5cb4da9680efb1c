package dev.snowshed.runtime.drill;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.drill.DrillAnalysis;
import dev.snowshed.core.dependency.drill.DrillPlan;
import dev.snowshed.core.dependency.drill.DrillReport;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.core.dependency.drill.Treatment;
import dev.snowshed.runtime.dependency.Injections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One drill of one function: what the calls that are marked for it go through, and what became of
 * them. Safe for concurrent use; never blocks.
 *
 * <pre>
 *   RUNNING: looking ──plan──▶ RUNNING: drilling ──▶ FINISHED
 *          └───────────────────────────┴──▶ ABORTED, OUT_OF_TIME, FAILED
 * </pre>
 *
 * <p>While it is looking, calls are let through as they are, to find what they depend on.
 */
final class Drill {
  private static final int MAX_MET = 63;
  private static final double CONFIDENCE = 0.95;

  private final String id;
  private final DrillOrder order;
  private final Duration budget;
  private final Map<String, Declared> declared;
  private final long beganNanos;

  private final Set<String> met = ConcurrentHashMap.newKeySet();
  private final Set<String> observed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger spared = new AtomicInteger();
  private final AtomicLong usualNanos = new AtomicLong();

  private volatile @Nullable Phase drilling;

  /** Final once the plan is made. */
  private volatile int maxSeconds;

  // Guarded by this.
  private State state = State.RUNNING;
  private @Nullable String reason;
  private long endedNanos;

  /**
   * A drill that is looking.
   *
   * @param subject the function
   */
  Drill(String id, DrillOrder order, Subjects.Subject subject, long nowNanos) {
    this.id = id;
    this.order = order;
    this.budget = subject.budget();
    this.maxSeconds = order.maxSeconds().orElseGet(() -> needed(List.of(), budget));
    this.declared = Map.copyOf(subject.dependencies());
    this.observed.addAll(subject.outOfReach());
    this.beganNanos = nowNanos;
  }

  /** How far a drill is. */
  enum State {
    /** It looks or drills. */
    RUNNING,
    /** All treatments were given as often as asked for. */
    FINISHED,
    /** Somebody ended it. */
    ABORTED,
    /** It took too long. */
    OUT_OF_TIME,
    /** It could not go on. */
    FAILED;

    /** The name for the outside, such as {@code out-of-time}. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The second phase.
   *
   * @param kinds what is done to calls, by the index that marks them; the first does nothing
   * @param sequence one treatment for each call to come, as its index
   * @param analysis gathers what became of them
   */
  record Phase(List<Treatment> kinds, List<Integer> sequence, DrillAnalysis analysis) {}

  /** How it ended, if it has. */
  record Status(State state, Optional<String> reason, long elapsedNanos) {}

  String id() {
    return id;
  }

  DrillOrder order() {
    return order;
  }

  Optional<Phase> drilling() {
    return Optional.ofNullable(drilling);
  }

  int done() {
    return done.get();
  }

  /** How many calls are planned, less those that turned out to be of no use. */
  int planned() {
    Phase phase = drilling;
    return phase == null ? 0 : phase.sequence().size() - spared.get();
  }

  /** How long it may take. */
  int maxSeconds() {
    return maxSeconds;
  }

  int refused() {
    return refused.get();
  }

  /** The dependencies that it is about, as far as they are known. */
  Map<String, Declared> declared() {
    return declared;
  }

  /** How far it is; a drill whose time is over ends here. */
  synchronized Status status(long nowNanos) {
    if (state == State.RUNNING && leftNanos(nowNanos) <= 0) {
      end(State.OUT_OF_TIME, outOfTime(), nowNanos);
    }
    long untilNanos = state == State.RUNNING ? nowNanos : endedNanos;
    return new Status(state, Optional.ofNullable(reason), untilNanos - beganNanos);
  }

  private String outOfTime() {
    return "its "
        + maxSeconds
        + " s (maxSeconds) were over; all it found until then counts. It needs more of them, or fewer"
        + " faults, dependencies or repetitions. A call with a hang lasts until the dependency's"
        + " timeout, or else the function's, which is "
        + budget.toMillis()
        + " ms";
  }

  boolean isRunning(long nowNanos) {
    return status(nowNanos).state() == State.RUNNING;
  }

  /** How long it may still take, 0 or below when its time is over. */
  long leftNanos(long nowNanos) {
    return TimeUnit.SECONDS.toNanos(maxSeconds) - (nowNanos - beganNanos);
  }

  /** Ends it, unless it has ended. */
  synchronized void end(State how, @Nullable String why, long nowNanos) {
    if (state == State.RUNNING) {
      state = how;
      reason = why;
      endedNanos = nowNanos;
    }
  }

  /** The dependencies that the function calls, but never through the host, by name. */
  List<String> outOfReach() {
    return observed.stream().filter(name -> !met.contains(name)).sorted().toList();
  }

  /** Those of them that the drill is to take away. */
  List<String> askedInVain() {
    return outOfReach().stream().filter(order.dependencies()::contains).toList();
  }

  /**
   * Looking is over: makes the plan for what was asked for, else for what is known and was met.
   *
   * @return whether there is anything to drill
   */
  boolean plan(RandomGenerator random) {
    Set<String> names = new LinkedHashSet<>(order.dependencies());
    if (names.isEmpty()) {
      declared.keySet().stream().sorted().forEach(names::add);
      met.stream().sorted().forEach(names::add);
      outOfReach().forEach(names::remove);
    }
    if (names.isEmpty()) {
      return false;
    }
    DrillPlan plan =
        new DrillPlan(
            order.function(),
            names.stream().limit(MAX_MET).toList(),
            order.faults(),
            order.pairs(),
            order.repetitions());
    List<Treatment> kinds = new ArrayList<>(List.of(Treatment.CONTROL));
    kinds.addAll(plan.kinds());
    List<Treatment> treatments = plan.treatments(random);
    Duration usual = Duration.ofNanos(usualNanos.get());
    maxSeconds = order.maxSeconds().orElseGet(() -> needed(treatments, usual));
    drilling =
        new Phase(
            kinds,
            treatments.stream().map(kinds::indexOf).toList(),
            new DrillAnalysis(order.function(), budget, declared, CONFIDENCE));
    return true;
  }

  /** What it needs to send each request as it is, and then these treatments. */
  private int needed(List<Treatment> treatments, Duration usual) {
    List<Treatment> all = new ArrayList<>(treatments);
    all.addAll(Collections.nCopies(sends(), Treatment.CONTROL));
    return DrillTime.seconds(sends() == 0 ? List.of() : all, DrillRun.AT_ONCE, budget, usual);
  }

  /** How many requests it has; 0 if others send them. */
  private int sends() {
    return order.requests().map(List::size).orElse(0);
  }

  /**
   * What a marked call goes through.
   *
   * @param treatment the index that marks it
   * @return null if there is no such treatment
   */
  @Nullable Injections mark(int treatment) {
    Phase phase = drilling;
    if (treatment < 0 || treatment >= (phase == null ? 1 : phase.kinds().size())) {
      return null;
    }
    underWay.incrementAndGet();
    return new Mark(phase, phase == null ? Treatment.CONTROL : phase.kinds().get(treatment));
  }

  /** How many calls are marked and have not ended. */
  int underWay() {
    return underWay.get();
  }

  /** A request of the plan was sent and answered, or given up. */
  void sent() {
    done.incrementAndGet();
  }

  /** A request of the plan would tell nothing new, and was not sent. */
  void spare() {
    spared.incrementAndGet();
  }

  /** A request was refused by admission again and again: that is no evidence. */
  void refusedOne() {
    refused.incrementAndGet();
  }

  /** What was found so far; empty while looking. */
  Optional<DrillReport> report() {
    Phase phase = drilling;
    return phase == null ? Optional.empty() : Optional.of(phase.analysis().report());
  }

  /** One marked call. What the call does while looking does not count. */
  private final class Mark implements Injections {
    private final @Nullable Phase phase;
    private final Treatment treatment;

    Mark(@Nullable Phase phase, Treatment treatment) {
      this.phase = phase;
      this.treatment = treatment;
    }

    @Override
    public @Nullable Fault of(String dependency) {
      if (phase == null && met.size() < MAX_MET) {
        met.add(dependency);
      }
      return treatment.dependencies().contains(dependency) ? treatment.fault() : null;
    }

    @Override
    public void observed(String dependency) {
      if (phase == null && observed.size() < MAX_MET) {
        observed.add(dependency);
      }
    }

    @Override
    public void ended(boolean failed, long latencyNanos, boolean injected) {
      if (phase != null) {
        phase.analysis().add(treatment, failed, latencyNanos, injected);
      } else {
        usualNanos.accumulateAndGet(latencyNanos, Math::max);
      }
      underWay.decrementAndGet();
    }

    @Override
    public void left() {
      underWay.decrementAndGet();
    }
  }
}
