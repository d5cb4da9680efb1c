package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What holds of a controller between any two calls, whatever was called before. It keeps its own
 * books about every request and compares them.
 */
final class Invariants {
  private final AdmissionController controller;
  private final AdmissionSettings settings;
  private final List<FunctionGate> gates = new ArrayList<>();
  private final List<Asker> running = new ArrayList<>();
  private final List<Asker> waiting = new ArrayList<>();

  /** How many of each function were in flight, and might be, when it was last looked at. */
  private final Map<FunctionGate, Integer> allowed = new HashMap<>();

  Invariants(AdmissionController controller, AdmissionSettings settings) {
    this.controller = controller;
    this.settings = settings;
  }

  FunctionGate open(String function) {
    FunctionGate gate = controller.open(function);
    gates.add(gate);
    return gate;
  }

  void closed(FunctionGate gate) {
    gates.remove(gate);
  }

  List<FunctionGate> gates() {
    return gates;
  }

  /** Those that hold a permit which has not ended. */
  List<Asker> running() {
    return running;
  }

  /** Those that wait for an answer. */
  List<Asker> waiting() {
    return waiting;
  }

  void asked(Asker asker) {
    waiting.add(asker);
  }

  /** The permit of one that ran was given back. */
  void ended(Asker asker) {
    assertTrue(running.remove(asker), "ended without having run");
  }

  void check(long nowNanos) {
    settle();
    AdmissionState state = controller.state(nowNanos);
    checkSums(state);
    checkEach(state);
    gates.forEach(this::checkGate);
  }

  /** Moves those that were answered since. */
  private void settle() {
    waiting.removeIf(
        asker -> {
          assertTrue(asker.answers() <= 1, "answered more than once");
          if (asker.isCancelled()) {
            assertEquals(0, asker.answers(), "answered although it was cancelled");
          }
          if (asker.isAdmitted()) {
            running.add(asker);
          }
          return !asker.isWaiting();
        });
    running.forEach(asker -> assertEquals(1, asker.answers()));
  }

  private void checkSums(AdmissionState state) {
    assertEquals(running.size(), state.inflight(), "in flight");
    assertEquals(running.size(), controller.inflight());
    assertEquals(
        running.size(), gates.stream().mapToInt(FunctionGate::inflight).sum(), "sum of gates");
    assertEquals(waiting.size(), state.waiting(), "waiting");
    assertEquals(
        waiting.size(),
        state.functions().stream().mapToInt(FunctionState::waiting).sum(),
        "sum of queues");
    assertTrue(state.waiting() <= settings.maxQueue(), "more wait than may");
    assertEquals(
        running.stream().filter(Asker::isRetry).count(), (long) state.retries(), "retries");
    long bytes = running.stream().mapToLong(asker -> Math.max(0, asker.bodyBytes())).sum();
    assertEquals(bytes, state.bodyBytes(), "body bytes");
    assertTrue(bytes >= 0 && bytes <= settings.maxBodyBytes(), "too many body bytes");
    assertTrue(state.starting() >= 0, "starting");
    assertTrue(state.enoughReady() > 0, () -> "enough were " + state.enoughReady());
    if (settings.mode() != Mode.OFF) {
      assertTrue(state.inflight() <= settings.maxConcurrency(), "over the ceiling");
      assertTrue(state.limit() <= settings.maxConcurrency(), "limit over the ceiling");
    }
  }

  private static void checkEach(AdmissionState state) {
    for (FunctionState each : state.functions()) {
      assertNumber(each.letInPerSecond(), each);
      assertTrue(each.meanRunNanos() >= 0 && each.p99RunNanos() >= 0, each::toString);
      assertTrue(each.targetNanos() > 0 && each.patienceNanos() >= 0, each::toString);
    }
  }

  private static void assertNumber(double value, Object of) {
    assertTrue(value >= 0 && value < Double.POSITIVE_INFINITY, of::toString);
  }

  private void checkGate(FunctionGate gate) {
    int limit = gate.limit();
    int most = settings.mode() == Mode.OFF ? Integer.MAX_VALUE : settings.maxConcurrency();
    assertTrue(limit >= 1 && limit <= most, () -> "limit was " + limit);
    int inflight = gate.inflight();
    int before = Math.max(limit, allowed.getOrDefault(gate, limit));
    assertTrue(inflight >= 0, () -> "in flight were " + inflight);
    assertTrue(inflight <= before, () -> inflight + " in flight, over " + before);
    allowed.put(gate, Math.max(limit, inflight));
    Share share = gate.share();
    assertNumber(share.virtualTime(), "virtual time " + share.virtualTime());
    assertNumber(share.occupancy(), "occupancy " + share.occupancy());
    assertTrue(share.ofRun() >= 0 && share.ofRun() <= 1, () -> "part of run " + share.ofRun());
  }
}
