package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import dev.snowshed.core.admission.Rejection.Reason;
import dev.snowshed.core.limit.LimitDecision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processors, so that one start may wait for a processor; limits begin at four. */
class AdmissionControllerTest {
  private static final long MILLI = 1_000_000;
  private static final AdmissionSettings SMALL =
      new AdmissionSettings(Mode.ADAPTIVE, 100, 0.25, 2, 50, 0.2, 1_000, 4);

  private static final List<Criticality> LEVELS = List.of(Criticality.values());

  private final Machine machine = new Machine();
  private long now = 1_000 * MILLI;
  private AdmissionController controller = controller(SMALL);
  private FunctionGate gate = controller.open("f");

  /** Those that wait after {@link #overload}. */
  private final List<Asker> queued = new ArrayList<>();

  private AdmissionController controller(AdmissionSettings settings) {
    return new AdmissionController(settings, machine, new SplittableRandom(1));
  }

  private void use(AdmissionSettings settings) {
    controller = controller(settings);
    gate = controller.open("f");
  }

  private Asker soon() {
    return new Asker().by(now + 1_000 * MILLI);
  }

  private Asker ask(Asker asker) {
    return asker.ask(gate, now);
  }

  private List<Asker> ask(int times) {
    List<Asker> askers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      askers.add(ask(soon()));
    }
    return askers;
  }

  /** Lets one in, and has it run. */
  private Asker run() {
    Asker asker = ask(soon());
    asker.permit().started(now);
    return asker;
  }

  private List<Asker> fill() {
    List<Asker> running = new ArrayList<>();
    while (gate.inflight() < gate.limit()) {
      running.add(run());
    }
    return running;
  }

  private void end(Asker asker) {
    assertTrue(asker.permit().end(Outcome.SUCCESS, now));
  }

  /** Runs some alone, each for ten milliseconds. */
  private void learn(int runs) {
    for (int i = 0; i < runs; i++) {
      Asker asker = run();
      now += 10 * MILLI;
      end(asker);
    }
  }

  /**
   * Serves one each ten milliseconds, while some come in that time, until the queue stands.
   *
   * @return those that run
   */
  private Deque<Asker> overload() {
    learn(20);
    Deque<Asker> running = new ArrayDeque<>(fill());
    for (int i = 0; i < 2_000 && !state().standing(); i++) {
      serve(running, queued, 3);
    }
    assertTrue(state().standing(), "the queue has to stand");
    return running;
  }

  private void serve(Deque<Asker> running, List<Asker> waiting, int coming) {
    now += 10 * MILLI;
    for (int i = 0; i < coming; i++) {
      waiting.add(ask(soon()));
    }
    end(running.removeFirst());
    for (Asker asker : List.copyOf(waiting)) {
      if (!asker.isWaiting()) {
        waiting.remove(asker);
        if (asker.isAdmitted()) {
          asker.permit().started(now);
          running.addLast(asker);
        }
      }
    }
  }

  private FunctionState state() {
    return controller.state(now).functions().getFirst();
  }

  // to run, to wait

  @Test
  void admitsWhileThereIsAPlace() {
    for (int i = 1; i <= 4; i++) {
      Asker unused = run();
      assertTrue(unused.isAdmitted());
      assertEquals(i, controller.inflight());
      assertEquals(i, gate.inflight());
    }
    assertTrue(ask(soon()).wasQueued());
    assertEquals(4, gate.inflight());
    assertEquals(1, controller.waiting());
  }

  @Test
  void letsInWhoWaitsWhenAPlaceGetsFree() {
    List<Asker> running = fill();
    Asker first = ask(soon());
    Asker second = ask(soon());
    end(running.getFirst());
    assertTrue(first.isAdmitted());
    assertTrue(second.isWaiting());
    assertEquals(4, gate.inflight());
    assertEquals(1, controller.waiting());
  }

  @Test
  void letsNobodyPassThoseThatWait() {
    List<Asker> running = fill();
    Asker first = ask(soon());
    end(running.get(0));
    first.permit().started(now);
    Asker second = ask(soon());
    Asker third = ask(soon());
    assertTrue(second.isWaiting() && third.isWaiting());
    end(running.get(1));
    assertTrue(second.isAdmitted());
    assertTrue(third.isWaiting());
  }

  @Test
  void letsNoMoreInWhileEnoughWaitForAProcessor() {
    Asker first = ask(soon());
    assertTrue(first.isAdmitted());
    Asker second = ask(soon());
    assertTrue(second.isWaiting(), "the first has not started");
    first.permit().started(now);
    assertTrue(second.isAdmitted());
  }

  @Test
  void letsMoreInWhileOneWaitsForItsBytes() {
    Asker first = ask(soon());
    Asker second = ask(soon());
    first.permit().receiving(now);
    assertTrue(second.isAdmitted());
    first.permit().received();
    Asker third = ask(soon());
    second.permit().started(now);
    assertTrue(third.isWaiting(), "the first waits for a processor again");
    first.permit().started(now);
    assertTrue(third.isAdmitted());
  }

  @Test
  void lookedAtWhatIsEnoughWhenTimePasses() {
    machine.processors = 6;
    Asker first = ask(soon());
    Asker second = ask(soon());
    assertTrue(second.isWaiting());
    controller.tick(now);
    assertTrue(second.isAdmitted());
    assertEquals(3, controller.state(now).enoughReady());
    first.permit().started(now);
  }

  @Test
  void returnsTheOwnTicketAsAPermitIfItsTurnHasCome() {
    machine.processors = 1;
    Asker first = ask(soon());
    Asker second = ask(soon());
    assertTrue(second.isWaiting());
    machine.processors = 100;
    // more are enough now, but nobody has been let in for it yet
    controller.tick(now);
    assertTrue(second.isAdmitted());
    first.permit().started(now);
    Asker third = ask(soon());
    assertFalse(third.wasQueued());
    assertTrue(third.isAdmitted());
  }

  // refusing

  @ParameterizedTest
  @ValueSource(longs = {-1_000_000_000, -1, 0})
  void refusesWhatIsTooLateAlready(long left) {
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    assertEquals(Reason.DEADLINE, ask(new Asker().by(now + left)).reason(), "left " + left);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000_000_000, -1, 0})
  void refusesWhatIsTooLateAlreadyThoughThereIsRoom(long left) {
    assertEquals(Reason.DEADLINE, ask(new Asker().by(now + left)).reason(), "left " + left);
    assertEquals(0, gate.inflight());
    assertEquals(1, gate.rejections(Reason.DEADLINE, Criticality.CRITICAL));
    assertTrue(ask(new Asker().by(now + 1)).isAdmitted());
  }

  @Test
  void refusesWhatCannotBeDoneInTime() {
    learn(20);
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    assertEquals(Reason.DEADLINE, ask(new Asker().by(now + 10 * MILLI)).reason());
    assertTrue(ask(new Asker().by(now + 30 * MILLI)).wasQueued());
  }

  @Test
  void refusesWhoseDeadlinePassedWhileItWaited() {
    List<Asker> running = fill();
    Asker late = ask(new Asker().by(now + 50 * MILLI));
    Asker next = ask(soon());
    now += 51 * MILLI;
    end(running.getFirst());
    assertEquals(Reason.DEADLINE, late.reason());
    assertTrue(next.isAdmitted());
    assertEquals(1, gate.rejections(Reason.DEADLINE, Criticality.CRITICAL));
  }

  @Test
  void refusesWhenTheQueueIsFull() {
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    for (int i = 0; i < 50; i++) {
      assertTrue(ask(soon()).isWaiting());
    }
    assertEquals(Reason.QUEUE_FULL, ask(soon()).reason());
    assertEquals(50, controller.waiting());
  }

  @Test
  void refusesWhatWouldWaitForLongerThanItsDeadlineLeaves() {
    learn(50);
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    // 4 every 10 ms, and runs of 12 ms at most: 50 ms are enough for 15 ahead
    int queued = 0;
    Asker asker = ask(new Asker().by(now + 50 * MILLI));
    while (asker.wasQueued()) {
      queued++;
      asker = ask(new Asker().by(now + 50 * MILLI));
    }
    assertEquals(Reason.QUEUE_FULL, asker.reason());
    assertEquals(16, queued, 1);
  }

  @Test
  void displacesWhatMattersLess() {
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    List<Asker> low = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      low.add(ask(soon().mattering(Criticality.SHEDDABLE)));
    }
    Asker high = ask(soon().mattering(Criticality.CRITICAL_PLUS));
    assertTrue(high.isWaiting());
    assertEquals(Reason.DISPLACED, low.getFirst().reason());
    assertTrue(low.get(1).isWaiting());
    assertEquals(50, controller.waiting());
    assertEquals(Reason.QUEUE_FULL, ask(soon().mattering(Criticality.SHEDDABLE)).reason());
  }

  @Test
  void letsThoseInFirstThatMatterMost() {
    List<Asker> running = fill();
    Asker low = ask(soon().mattering(Criticality.SHEDDABLE_PLUS));
    Asker high = ask(soon().mattering(Criticality.CRITICAL_PLUS));
    end(running.getFirst());
    assertTrue(high.isAdmitted());
    assertTrue(low.isWaiting());
  }

  @Test
  void letsThoseInFirstThatMatterMostOfAnyFunction() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 4, 0.25, 2, 50, 0.2, 1_000, 4));
    FunctionGate other = controller.open("g");
    List<Asker> running = fill();
    Asker low = ask(soon());
    Asker high = soon().mattering(Criticality.CRITICAL_PLUS).ask(other, now);
    end(running.getFirst());
    assertTrue(high.isAdmitted());
    assertTrue(low.isWaiting());
  }

  @Test
  void refusesTheGreediestTenant() {
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    Asker modest = ask(soon().of("modest"));
    for (int i = 0; i < 49; i++) {
      assertTrue(ask(soon().of("greedy")).isWaiting());
    }
    assertEquals(Reason.TENANT_SHARE, ask(soon().of("greedy")).reason());
    assertTrue(modest.isWaiting());
  }

  @Test
  void givesTenantsTheirTurns() {
    List<Asker> running = fill();
    List<Asker> greedy = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      greedy.add(ask(soon().of("greedy")));
    }
    Asker modest = ask(soon().of("modest"));
    end(running.get(0));
    greedy.getFirst().permit().started(now);
    end(running.get(1));
    assertTrue(modest.isAdmitted());
    assertEquals(1, greedy.stream().filter(Asker::isAdmitted).count());
  }

  // overload

  @Test
  void lastsOutABurstOldestFirst() {
    learn(20);
    List<Asker> running = fill();
    Asker first = ask(soon());
    Asker last = ask(soon());
    end(running.getFirst());
    assertTrue(first.isAdmitted());
    assertTrue(last.isWaiting());
  }

  @Test
  void servesTheNewestOfAStandingQueue() {
    Deque<Asker> running = overload();
    Asker older = ask(soon());
    now++;
    Asker newer = ask(soon());
    end(running.removeFirst());
    assertTrue(newer.isAdmitted());
    assertFalse(older.isAdmitted());
  }

  @Test
  void keepsAStandingQueueShort() {
    Deque<Asker> running = overload();
    List<Asker> waiting = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < 300; i++) {
      serve(running, waiting, 3);
      longest = i < 100 ? 0 : Math.max(longest, controller.waiting());
    }
    // a hundred are let in in a second, and none waits for more than two runs of 40 ms
    assertTrue(longest <= 20, "was " + longest);
    assertTrue(state().targetNanos() <= 2 * state().p99RunNanos());
  }

  @Test
  void displacesTheOldestOfAStandingQueue() {
    Deque<Asker> unused = overload();
    assertFalse(unused.isEmpty());
    List<Asker> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      now++;
      all.add(ask(soon()));
    }
    assertEquals(Reason.DISPLACED, all.getFirst().reason());
    assertTrue(all.getLast().isWaiting());
  }

  @Test
  void passesAgainWhenTheLoadHasGone() {
    Deque<Asker> running = overload();
    List<Asker> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000 && state().standing(); i++) {
      serve(running, waiting, 1);
      now += 20 * MILLI;
      while (running.size() < 3 && controller.waiting() == 0) {
        running.addLast(run());
      }
    }
    assertFalse(state().standing());
  }

  @Test
  void keepsRetriesToTheirShareWhileTheQueueStands() {
    Deque<Asker> running = overload();
    queued.forEach(asker -> asker.cancel(now));
    for (int i = 0; i < 3; i++) {
      end(running.removeFirst());
      Asker retry = ask(soon().again());
      assertTrue(retry.isAdmitted(), "a few are always tried");
      retry.permit().started(now);
    }
    assertEquals(3, controller.state(now).retries());
    assertEquals(Reason.RETRY_BUDGET, ask(soon().again()).reason());
    assertFalse(isRefusedForRetrying(soon()));
  }

  @Test
  void countsTheRetriesThatWait() {
    Deque<Asker> _ = overload();
    int retries = 0;
    Asker retry = ask(soon().again());
    while (retry.isWaiting() && retries < 100) {
      retries++;
      retry = ask(soon().again());
    }
    double share = SMALL.retryShare() * (controller.inflight() + controller.waiting());
    assertEquals(Math.max(3, Math.ceil(share)), retries);
    assertEquals(Reason.RETRY_BUDGET, retry.reason());
    queued.forEach(asker -> asker.cancel(now));
  }

  @Test
  void sharesTheWholeQueueAmongFunctions() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 100, 0.25, 2, 4, 0.2, 1_000, 4));
    FunctionGate other = controller.open("other");
    List<Asker> _ = fill();
    List<Asker> waiting = ask(4);
    assertEquals(4, controller.waiting());

    assertTrue(soon().ask(other, now).isAdmitted());
    assertEquals(Reason.DISPLACED, waiting.getFirst().reason());
    assertTrue(waiting.getLast().isWaiting());
    assertEquals(3, controller.waiting());
  }

  @Test
  void leavesThoseThatMatterMoreTheirPlaceInTheQueue() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 100, 0.25, 2, 4, 0.2, 1_000, 4));
    FunctionGate other = controller.open("other");
    List<Asker> _ = fill();
    for (int i = 0; i < 4; i++) {
      assertTrue(ask(soon().mattering(Criticality.CRITICAL_PLUS)).isWaiting());
    }
    assertEquals(Reason.QUEUE_FULL, soon().ask(other, now).reason());
    assertEquals(4, controller.waiting());
  }

  @Test
  void answersTheOthersWhenOneCannotBeTold() {
    List<Asker> running = fill();
    Runnable gone =
        () -> {
          throw new IllegalStateException("the event loop has ended");
        };
    assertTrue(ask(soon().reacting(gone)).isWaiting());
    Asker next = ask(soon());
    assertTrue(next.isWaiting());
    Asker last = running.removeLast();
    assertThrows(IllegalStateException.class, () -> last.permit().end(Outcome.SUCCESS, now));
    assertTrue(next.isAdmitted());
    assertEquals(running.size() + 1, gate.inflight());
  }

  @Test
  void letsOthersInWhileRequestsWaitForThreadsOfTheirOwn() {
    FunctionGate other = controller.open("other");
    other.startsOn(Pool.PLATFORM);
    assertTrue(soon().ask(other, now).isAdmitted());
    assertTrue(soon().ask(other, now).isWaiting(), "the first has not got its thread yet");
    Asker quick = run();
    end(quick);
    assertEquals(1, controller.waiting());
    other.startsOn(Pool.SHARED);
    assertTrue(ask(soon()).isWaiting(), "now they start on the same");
  }

  private boolean isRefusedForRetrying(Asker asker) {
    Asker asked = ask(asker);
    return asked.answers() > 0 && !asked.isAdmitted() && asked.reason() == Reason.RETRY_BUDGET;
  }

  @Test
  void takesAnyRetriesWhileNothingStands() {
    for (int i = 0; i < 4; i++) {
      Asker asker = ask(soon().again());
      asker.permit().started(now);
    }
    assertTrue(ask(soon().again()).isWaiting());
    assertEquals(4, controller.state(now).retries());
  }

  // memory

  @ParameterizedTest
  @CsvSource({"0.5, 4", "0.86, 3", "0.91, 2", "0.96, 1", "NaN, 4"})
  void letsOnlyThoseInThatMatterWhenMemoryIsShort(double pressure, int levels) {
    machine.memoryPressure = pressure;
    controller.tick(now);
    for (Criticality criticality : Criticality.values()) {
      Asker asker = ask(soon().mattering(criticality));
      boolean isIn = LEVELS.indexOf(criticality) < levels;
      assertEquals(isIn, asker.isAdmitted());
      if (isIn) {
        asker.permit().started(now);
      } else {
        assertEquals(Reason.MEMORY, asker.reason());
        assertEquals(1, gate.rejections(Reason.MEMORY, criticality));
      }
    }
  }

  @Test
  void boundsTheBytesOfBodies() {
    Asker half = ask(soon().withBody(600));
    half.permit().started(now);
    assertEquals(Reason.MEMORY, ask(soon().withBody(401)).reason());
    Asker rest = ask(soon().withBody(400));
    assertTrue(rest.isAdmitted());
    rest.permit().started(now);
    Asker none = ask(soon());
    assertTrue(none.isAdmitted(), "without a body");
    assertEquals(1_000, controller.state(now).bodyBytes());
    end(half);
    assertEquals(400, controller.state(now).bodyBytes());
    end(rest);
    assertEquals(0, controller.state(now).bodyBytes());
  }

  @Test
  void countsTheBodiesOfThoseThatWait() {
    List<Asker> running = fill();
    Asker waiting = ask(soon().withBody(600));
    assertEquals(Reason.MEMORY, ask(soon().withBody(600)).reason());
    assertTrue(waiting.cancel(now));
    Asker next = ask(soon().withBody(600));
    assertTrue(next.isWaiting());
    end(running.getFirst());
    assertTrue(next.isAdmitted());
    assertEquals(600, controller.state(now).bodyBytes());
    end(next);
    assertTrue(ask(soon().withBody(1_000)).isAdmitted());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void takesABodyOfNoLengthForNone(long bytes) {
    Asker asker = ask(soon().withBody(bytes));
    assertEquals(0, controller.state(now).bodyBytes());
    end(asker);
    assertEquals(0, controller.state(now).bodyBytes());
  }

  // the door

  @Test
  void letsTheQueueFinishWhenItCloses() {
    List<Asker> running = fill();
    Asker waiting = ask(soon());
    CompletableFuture<Void> idle = controller.close();
    assertTrue(controller.isClosed());
    assertEquals(Reason.DRAINING, ask(soon()).reason());
    running.forEach(this::end);
    assertFalse(idle.isDone());
    assertTrue(waiting.isAdmitted());
    end(waiting);
    assertTrue(idle.isDone());
  }

  @Test
  void isIdleAtOnceIfNothingRuns() {
    assertTrue(controller.close().isDone());
    assertTrue(controller.close().isDone(), "twice is once");
  }

  @Test
  void isIdleWhenTheLastThatWaitedHasGone() {
    machine.runQueueLength = 0;
    List<Asker> running = fill();
    Asker waiting = ask(soon());
    CompletableFuture<Void> idle = controller.close();
    assertTrue(waiting.cancel(now));
    running.forEach(this::end);
    assertTrue(idle.isDone());
  }

  @Test
  void cannotBeToldByOthersThatItIsIdle() {
    Asker running = run();
    CompletableFuture<Void> first = controller.close();
    assertTrue(first.complete(null));
    CompletableFuture<Void> second = controller.close();
    assertFalse(second.isDone());
    end(running);
    assertTrue(second.isDone());
  }

  @Test
  void forgetsAFunctionThatIsGone() {
    FunctionGate other = controller.open("g");
    Asker running = run();
    assertFalse(controller.close(gate), "one is in flight");
    end(running);
    assertTrue(controller.close(gate));
    assertFalse(controller.close(gate), "twice");
    assertEquals(1, controller.state(now).functions().size());
    assertEquals(Reason.DRAINING, ask(soon()).reason());
    assertTrue(soon().ask(other, now).isAdmitted());
  }

  @Test
  void keepsAFunctionOfWhichSomeWait() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 1, 0.25, 2, 50, 0.2, 1_000, 1));
    FunctionGate other = controller.open("g");
    Asker running = soon().ask(other, now);
    Asker waiting = ask(soon());
    assertTrue(waiting.isWaiting());
    assertFalse(controller.close(gate));
    end(running);
    assertTrue(waiting.isAdmitted());
  }

  @Test
  void learnsFromThoseItRefusesWhenNoneMayWait() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 1_000, 0.25, 2, 0, 0.2, 1_000, 4));
    Deque<Asker> running = new ArrayDeque<>(fill());
    for (int i = 0; i < 2_000; i++) {
      now += 10 * MILLI / gate.limit();
      running.addAll(fill());
      assertEquals(Reason.QUEUE_FULL, ask(soon()).reason());
      end(running.removeFirst());
    }
    assertTrue(gate.limit() > 16, () -> "was " + gate.limit());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.25, false", "0.5, true"})
  void comparesWithFewerAtOnceWhileOtherThreadsFillTheProcessors(double busy, boolean lowers) {
    use(new AdmissionSettings(Mode.ADAPTIVE, 1_000, 0.25, 2, 0, 0.2, 1_000, 4));
    machine.processors = 0.5;
    Deque<Asker> running = new ArrayDeque<>(fill());
    while (gate.limit() < 16) {
      overload(running, 0);
    }
    // too long ago to compare with
    now += 1_000 * MILLI;
    int before = gate.limit();
    int least = before;
    for (int i = 0; i < 500; i++) {
      overload(running, busy);
      least = Math.min(least, gate.limit());
    }
    assertEquals(lowers, least < before);
  }

  /** One ends, another starts, and one is refused. */
  private void overload(Deque<Asker> running, double busyProcessors) {
    now += 10 * MILLI / gate.limit();
    machine.processorNanos = busyProcessors * now;
    controller.tick(now);
    for (Asker started : fill()) {
      started.permit().started(now);
      running.add(started);
    }
    assertEquals(Reason.QUEUE_FULL, ask(soon()).reason());
    end(running.removeFirst());
  }

  // modes

  @Test
  void keepsAFixedLimitWhateverBecomesOfTheRuns() {
    use(new AdmissionSettings(Mode.FIXED, 16, 0.25, 2, 50, 0.2, 1_000, 1));
    Deque<Asker> running = new ArrayDeque<>(fill());
    for (int i = 0; i < 2_000; i++) {
      now += 10 * MILLI;
      assertEquals(Reason.QUEUE_FULL, ask(soon()).reason());
      assertTrue(running.removeFirst().permit().end(Outcome.DROPPED, now));
      running.addAll(fill());
    }
    assertEquals(16, gate.limit());
  }

  @Test
  void hasAFixedLimitWithoutAQueue() {
    use(new AdmissionSettings(Mode.FIXED, 3, 0.25, 2, 50, 0.2, 1_000, 1));
    FunctionGate other = controller.open("g");
    Asker first = ask(soon());
    ask(soon());
    assertTrue(soon().ask(other, now).isAdmitted());
    assertEquals(Reason.QUEUE_FULL, ask(soon()).reason());
    assertEquals(Reason.QUEUE_FULL, soon().ask(other, now).reason());
    end(first);
    assertTrue(soon().ask(other, now).isAdmitted());
    assertEquals(3, controller.limit());
  }

  @Test
  void keepsAFixedLimitWhateverHappens() {
    use(new AdmissionSettings(Mode.FIXED, 3, 0.25, 2, 50, 0.2, 1_000, 1));
    machine.runQueueLength = 1_000;
    for (int i = 0; i < 5_000; i++) {
      controller.tick(now);
      Asker asker = ask(soon());
      asker.permit().started(now);
      now += MILLI;
      end(asker);
    }
    assertEquals(3, gate.limit());
  }

  @Test
  void hasNoLimitWhenItIsOff() {
    use(new AdmissionSettings(Mode.OFF, 1, 0.25, 2, 50, 0.2, 1_000, 1));
    for (int i = 0; i < 5_000; i++) {
      assertTrue(ask(new Asker().by(now)).isAdmitted(), "whatever its deadline");
    }
    assertEquals(Integer.MAX_VALUE, controller.limit());
    assertEquals(Reason.MEMORY, ask(soon().withBody(1_001)).reason());
    CompletableFuture<Void> unused = controller.close();
    assertFalse(unused.isDone());
    assertEquals(Reason.DRAINING, ask(soon()).reason());
  }

  @Test
  void hasACeilingOverAllFunctions() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 5, 0.25, 2, 50, 0.2, 1_000, 4));
    FunctionGate other = controller.open("g");
    assertEquals(5, controller.limit());
    List<Asker> running = fill();
    Asker fifth = soon().ask(other, now);
    fifth.permit().started(now);
    Asker sixth = soon().ask(other, now);
    assertTrue(sixth.isWaiting());
    end(running.getFirst());
    assertTrue(sixth.isAdmitted());
    assertEquals(5, controller.inflight());
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "1, 1", "0, 1", "-5, 1", "100, 100", "101, 100"})
  void beginsWhereItLeftOff(int learnt, int limit) {
    assertEquals(limit, controller.open("g", learnt).limit());
  }

  // callbacks

  @Test
  void callsBackWithoutTheLock() {
    List<Asker> running = fill();
    AtomicInteger seen = new AtomicInteger();
    Asker waiting =
        ask(
            soon()
                .reacting(
                    () ->
                        seen.set(
                            CompletableFuture.supplyAsync(() -> controller.state(now).inflight())
                                .orTimeout(10, TimeUnit.SECONDS)
                                .join())));
    end(running.getFirst());
    assertTrue(waiting.isAdmitted());
    assertEquals(4, seen.get());
  }

  @Test
  void letsACallbackAskAgain() {
    List<Asker> running = fill();
    Asker again = soon();
    Asker waiting = ask(soon().reacting(() -> ask(again)));
    end(running.getFirst());
    assertTrue(waiting.isAdmitted());
    assertTrue(again.isWaiting());
    end(waiting);
    assertTrue(again.isAdmitted());
  }

  @Test
  void letsCallbacksEndAtOnce() {
    use(AdmissionSettings.DEFAULTS);
    List<Asker> running = fill();
    List<Asker> waiting = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      Asker asker = soon();
      asker.reacting(() -> end(asker));
      waiting.add(ask(asker));
    }
    end(running.getFirst());
    waiting.forEach(asker -> assertEquals(1, asker.answers()));
    assertEquals(running.size() - 1, controller.inflight());
    assertEquals(0, controller.waiting());
  }

  @Test
  void callsNobodyBackWhoHasGone() {
    List<Asker> running = fill();
    Asker gone = ask(soon());
    assertTrue(gone.cancel(now));
    assertFalse(gone.cancel(now));
    end(running.getFirst());
    assertEquals(0, gone.answers());
    assertEquals(3, controller.inflight());
  }

  @Test
  void cannotCancelWhatWasAdmittedOrRefused() {
    List<Asker> running = fill();
    Asker late = ask(new Asker().by(now + MILLI));
    Asker next = ask(soon());
    now += 2 * MILLI;
    end(running.getFirst());
    assertEquals(Reason.DEADLINE, late.reason());
    assertTrue(next.isAdmitted());
    assertFalse(late.cancel(now));
    assertFalse(next.cancel(now));
    assertEquals(4, controller.inflight());
  }

  // fairness

  /** A flood of one function does not keep another out that asks for little. */
  @Test
  void sharesOutAmongFunctions() {
    use(new AdmissionSettings(Mode.ADAPTIVE, 4, 0.25, 2, 500, 0.2, 1_000, 4));
    FunctionGate other = controller.open("g");
    List<Asker> running = fill();
    List<Asker> flood = ask(100);
    List<Asker> few = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      few.add(soon().ask(other, now));
    }
    Deque<Asker> order = new ArrayDeque<>(running);
    for (int i = 0; i < 20; i++) {
      now += 10 * MILLI;
      end(order.removeFirst());
      for (List<Asker> each : List.of(flood, few)) {
        each.stream()
            .filter(asker -> asker.isAdmitted() && !order.contains(asker))
            .filter(asker -> asker.permit().startedNanos() == 0)
            .forEach(
                asker -> {
                  asker.permit().started(now);
                  order.addLast(asker);
                });
      }
    }
    assertEquals(10.0, (double) few.stream().filter(Asker::isAdmitted).count(), 1);
    assertEquals(10.0, (double) flood.stream().filter(Asker::isAdmitted).count(), 1);
  }

  // what is known

  @Test
  void knowsWhatGoesOn() {
    learn(5);
    List<Asker> running = fill();
    Asker retry = ask(soon().again().withBody(70));
    end(running.getFirst());
    Asker waiting = ask(soon());
    assertTrue(waiting.isWaiting());

    AdmissionState state = controller.state(now);
    assertEquals(Mode.ADAPTIVE, state.mode());
    assertEquals(4, state.limit());
    assertEquals(4, state.inflight());
    assertEquals(1, state.starting());
    assertEquals(1, state.enoughReady());
    assertEquals(1, state.waiting());
    assertEquals(1, state.retries());
    assertEquals(70, state.bodyBytes());
    FunctionState function = state.functions().getFirst();
    assertEquals("f", function.function());
    assertEquals("f", gate.name());
    assertEquals(4, function.limit());
    assertEquals(4, function.inflight());
    assertEquals(1, function.waiting());
    assertEquals(LimitDecision.Reason.INITIAL, function.decision().reason());
    assertFalse(function.standing());
    assertTrue(function.targetNanos() > 0);
    assertEquals(10.0 * MILLI * 5 / 6, (double) function.meanRunNanos(), MILLI);
    assertTrue(function.p99RunNanos() >= 10 * MILLI);
    assertTrue(retry.isAdmitted());
  }

  @Test
  void learnsFromRunsThatEndedWell() {
    Asker asker = run();
    now += 10 * MILLI;
    asker.permit().end(Outcome.IGNORE, now);
    assertEquals(0, state().meanRunNanos());
    asker = run();
    now += 10 * MILLI;
    asker.permit().end(Outcome.DROPPED, now);
    assertEquals(10 * MILLI, state().meanRunNanos());
  }

  @Test
  void learnsNothingFromWhatNeverStarted() {
    Asker asker = ask(soon());
    now += 10 * MILLI;
    end(asker);
    assertEquals(0, state().meanRunNanos());
  }

  @Test
  void learnsNothingFromRunsThatEndedBeforeTheyBegan() {
    Asker asker = run();
    now -= 10 * MILLI;
    end(asker);
    assertEquals(0, state().meanRunNanos());
  }

  @Test
  void letsGoOfALimitThatIsNotNeeded() {
    FunctionGate large = controller.open("g", 90);
    for (int i = 0; i < 200; i++) {
      controller.tick(now);
      now += 100 * MILLI;
    }
    assertEquals(90, large.limit(), "where it began is where it stays");
  }

  @Test
  void countsEveryRefusal() {
    List<Asker> unused = fill();
    assertEquals(4, unused.size());
    for (int i = 0; i < 7; i++) {
      ask(new Asker().by(now - 1).mattering(Criticality.SHEDDABLE));
    }
    for (Reason reason : Reason.values()) {
      for (Criticality criticality : Criticality.values()) {
        boolean isIt = reason == Reason.DEADLINE && criticality == Criticality.SHEDDABLE;
        assertEquals(isIt ? 7 : 0, gate.rejections(reason, criticality));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhenToComeAgain(Reason reason) {
    Rejection rejection = new Rejection(reason, Duration.ofSeconds(1));
    assertSame(reason, rejection.reason());
    assertDoesNotThrow(rejection::hashCode);
  }
}
