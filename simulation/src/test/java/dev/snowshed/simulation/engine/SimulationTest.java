package dev.snowshed.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests on one core that takes 150 ms for each; everybody is let in. */
class SimulationTest {
  private int attempts;
  private int retries;
  private final List<Boolean> completed = new ArrayList<>();

  private void play(double perSecond, String client) {
    play(perSecond, "700ms", client);
  }

  private void play(double perSecond, String deadline, String client) {
    String scenario =
        """
        name: test
        title: test
        duration: 100s
        scoreFrom: 1s
        cores: 1
        functions:
          - name: f
            deadline: %s
            arrivals: [{from: 0s, rps: %s}]
            cpu: [{from: 0s, constant: 150ms}]
            client: %s
        """
            .formatted(deadline, perSecond, client);
    Observer observer =
        new Observer() {
          @Override
          public void arrived(Job job, long nowNanos, double unloadedNanos) {
            attempts++;
            retries += job.attempt() > 0 ? 1 : 0;
          }

          @Override
          public void completed(Job job, long nowNanos, boolean useful) {
            completed.add(useful);
          }
        };
    new Simulation(
            new ScenarioReader().read("test.yaml", scenario), (_, _, _) -> all(), 1, observer)
        .run();
  }

  private static Gate all() {
    return new Gate() {
      @Override
      public Verdict arrive(Job job, long nowNanos) {
        return Verdict.ADMIT;
      }

      @Override
      public void ended(Job job, long nowNanos, boolean dropped) {}

      @Override
      public int limit() {
        return Integer.MAX_VALUE;
      }
    };
  }

  @Test
  void retriesWhatTimedOut() {
    play(1, "{timeout: 120ms, retries: 2, backoff: {constant: 10ms}}");
    assertEquals(2 * (attempts - retries), retries, 2);
  }

  @Test
  void doesNotRetryWhatIsAnsweredLate() {
    play(0.1, "100ms", "{timeout: 5s, retries: 2, backoff: {constant: 10ms}}");
    assertTrue(completed.size() >= 5 && !completed.contains(true), completed::toString);
    assertEquals(0, retries);
  }

  @Test
  void cancelsWhatItsClientNoLongerWaitsFor() {
    play(20, "{timeout: 700ms, retries: 0, backoff: {constant: 10ms}, cancels: true}");
    long answered = answered();
    completed.clear();
    play(20, "{timeout: 700ms, retries: 0, backoff: {constant: 10ms}, cancels: false}");
    assertTrue(answered > 2 * answered(), () -> answered + " in time, without " + answered());
  }

  private long answered() {
    return completed.stream().filter(useful -> useful).count();
  }
}
