package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.traffic.Bottleneck;
import org.junit.jupiter.api.Test;

class MeasuredCapacityTest {
  private static final int PODS = 8;

  private final MeasuredCapacity metric = new MeasuredCapacity(CapacityRule.DEFAULT);
  private int seconds;
  private long requests;
  private long retries;

  private void run(int scrapes, double perSecond, double retriesPerSecond, Scrape.Capacity each) {
    for (int i = 0; i < scrapes; i++) {
      seconds += 15;
      requests += Math.round(15 * (perSecond + retriesPerSecond));
      retries += Math.round(15 * retriesPerSecond);
      metric.scraped(
          Scrapes.of(
              seconds,
              requests,
              PODS,
              Scrapes.metrics(0, 0, requests / PODS, retries / PODS, each)));
    }
  }

  private int replicas() {
    return metric.replicas(PODS, 0);
  }

  @Test
  void dividesDemandByWhatIsSafe() {
    run(10, 400, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));

    assertEquals(10, replicas());
  }

  @Test
  void leavesRetriesOut() {
    run(10, 400, 80, Scrapes.carries(50, Bottleneck.PROCESSORS));

    assertEquals(10, replicas());
  }

  @Test
  void looksAheadOfARamp() {
    for (int i = 0; i < 12; i++) {
      run(1, 240 + 15 * i, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));
    }

    assertEquals(12, replicas());
  }

  @Test
  void doesNotTakeAStepForARamp() {
    run(10, 300, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));
    run(3, 600, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));

    assertEquals(15, replicas());
  }

  @Test
  void asksForMoreWhenEachCarriesLess() {
    run(10, 300, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));
    run(10, 300, 0, Scrapes.carries(30, Bottleneck.PROCESSORS));

    assertEquals(13, replicas());
  }

  @Test
  void doesNotScaleOnADependency() {
    run(10, 300, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));
    run(10, 300, 0, Scrapes.carries(20, Bottleneck.DEPENDENCY));

    assertEquals(PODS, replicas());
  }

  @Test
  void keepsWhatItKnewWhileNobodyKnows() {
    run(10, 300, 0, Scrapes.carries(50, Bottleneck.PROCESSORS));
    run(10, 600, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(15, replicas());
  }

  @Test
  void staysWhereItIsWhileNothingIsKnown() {
    run(10, 300, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(PODS, replicas());
  }
}
