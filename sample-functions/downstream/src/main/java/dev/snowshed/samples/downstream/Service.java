package dev.snowshed.samples.downstream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** One service with its behaviour of the moment. Safe for concurrent use. */
final class Service {
  private final Answers answers;
  private volatile Phase phase = new Phase(Behaviour.HEALTHY);

  Service(Answers answers) {
    this.answers = answers;
  }

  /** What a service says when all is well. */
  @FunctionalInterface
  interface Answers {
    /** The answer in JSON. */
    String to(Query query);
  }

  /** A time in which the behaviour does not change. */
  private static final class Phase {
    private final Behaviour behaviour;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Semaphore places;

    Phase(Behaviour behaviour) {
      this.behaviour = behaviour;
      this.places = new Semaphore(behaviour.atOnce(), true);
    }
  }

  Behaviour behaviour() {
    return phase.behaviour;
  }

  /** Changes the behaviour. Requests that hang are answered. */
  synchronized void behave(Behaviour behaviour) {
    CountDownLatch over = phase.over;
    phase = new Phase(behaviour);
    over.countDown();
  }

  /** Answers a request in its own time. */
  Answer answer(Query query) throws InterruptedException {
    Phase current = phase;
    Behaviour behaviour = current.behaviour;
    if (behaviour.hang()) {
      current.over.await();
    }
    current.places.acquire();
    try {
      Thread.sleep(behaviour.delay());
    } finally {
      current.places.release();
    }
    if (RandomGenerator.getDefault().nextDouble() < behaviour.errorRate()) {
      return Answer.error(503, "told to fail");
    }
    return Answer.ok(answers.to(query));
  }
}
