package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.Permit.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads do everything at once; in the end every request was answered once. */
class AdmissionStressTest {
  private static final int THREADS = 4;
  private static final int REQUESTS = 15_000;

  private final AtomicLong clock = new AtomicLong(1_000_000_000);
  private final AdmissionController controller =
      new AdmissionController(
          new AdmissionSettings(Mode.ADAPTIVE, 24, 0.25, 2, 40, 0.2, 50_000, 8),
          new Machine(),
          new SplittableRandom(1));
  private final List<FunctionGate> gates = List.of(controller.open("f"), controller.open("g"));
  private final ConcurrentLinkedQueue<Asker> admitted = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersEveryRequestOnce(long seed) throws InterruptedException, ExecutionException {
    List<Asker> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<List<Asker>>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        RandomGenerator random = new SplittableRandom(THREADS * seed + i);
        workers.add(() -> work(random));
      }
      for (Future<List<Asker>> worker : threads.invokeAll(workers)) {
        all.addAll(worker.get());
      }
    }
    finish();

    for (Asker asker : all) {
      assertEquals(asker.isCancelled() ? 0 : 1, asker.answers());
    }
    AdmissionState state = controller.state(clock.get());
    assertEquals(0, state.inflight());
    assertEquals(0, state.waiting());
    assertEquals(0, state.starting());
    assertEquals(0, state.retries());
    assertEquals(0, state.bodyBytes());
    gates.forEach(gate -> assertEquals(0, gate.inflight()));
    assertTrue(controller.close().isDone());
  }

  private List<Asker> work(RandomGenerator random) {
    List<Asker> own = new ArrayList<>();
    List<Asker> queued = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      long now = clock.addAndGet(random.nextLong(100_000));
      Asker asker = anyAsker(random, now);
      asker.reacting(() -> admitted.add(asker));
      own.add(asker.ask(gates.get(random.nextInt(2)), now));
      if (asker.wasQueued()) {
        queued.add(asker);
      } else {
        admitted.add(asker);
      }
      if (!queued.isEmpty() && random.nextInt(3) == 0) {
        boolean _ = queued.remove(random.nextInt(queued.size())).cancel(now);
      }
      if (random.nextInt(20) == 0) {
        controller.tick(now);
      }
      while (random.nextInt(4) != 0 || controller.inflight() > 20) {
        if (!endOne(random)) {
          break;
        }
      }
    }
    return own;
  }

  private static Asker anyAsker(RandomGenerator random, long now) {
    Asker asker =
        new Asker()
            .by(now + random.nextLong(1, 50_000_000))
            .of("t" + random.nextInt(3))
            .mattering(List.of(Criticality.values()).get(random.nextInt(4)))
            .withBody(random.nextInt(2) * random.nextLong(5_000));
    return random.nextInt(5) == 0 ? asker.again() : asker;
  }

  /** Ends one that was answered, if it was with a permit; false if there is none. */
  private boolean endOne(RandomGenerator random) {
    Asker asker = admitted.poll();
    if (asker == null) {
      return false;
    }
    if (asker.isAdmitted()) {
      Permit permit = asker.permit();
      if (random.nextInt(3) == 0) {
        permit.receiving(clock.get());
        permit.received();
      }
      permit.started(clock.get());
      assertTrue(permit.end(Outcome.SUCCESS, clock.get()), "ended by nobody else");
    }
    return true;
  }

  private void finish() {
    RandomGenerator random = new SplittableRandom(0);
    for (int i = 0; controller.inflight() + controller.waiting() > 0; i++) {
      assertTrue(i < 100_000, "hangs with " + controller.state(clock.get()));
      controller.tick(clock.addAndGet(1_000_000));
      boolean _ = endOne(random);
    }
  }
}
