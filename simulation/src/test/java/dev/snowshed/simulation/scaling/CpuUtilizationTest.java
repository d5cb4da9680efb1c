package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CpuUtilizationTest {
  private static final int CORES = 4;

  private final CpuUtilization metric = new CpuUtilization(0.5, CORES);

  private static Scrape of(double atSeconds, int pods, double busyShare) {
    return Scrapes.of(atSeconds, 0, pods, Scrapes.metrics(busyShare * CORES * atSeconds, 0));
  }

  @Test
  void bringsTheMeanToTheTarget() {
    metric.scraped(of(15, 4, 0.8));
    metric.scraped(of(30, 4, 0.8));

    assertEquals(7, metric.replicas(4, 0));
  }

  @Test
  void leavesWhatIsWithinATenth() {
    metric.scraped(of(15, 4, 0.54));
    metric.scraped(of(30, 4, 0.54));

    assertEquals(4, metric.replicas(4, 0));
  }

  @Test
  void needsTwoScrapes() {
    metric.scraped(of(15, 4, 1));

    assertEquals(4, metric.replicas(4, 0));
  }

  @Test
  void takesOnesThatAreNotReadyForIdleWhenItGoesUp() {
    Scrape.Pod fresh = Scrapes.pod(9, Long.MAX_VALUE, Scrapes.metrics(0, 0));
    metric.scraped(Scrapes.with(of(15, 4, 0.8), fresh));
    metric.scraped(Scrapes.with(of(30, 4, 0.8), fresh));

    assertEquals(7, metric.replicas(5, 0));
  }

  @Test
  void doesNotGoUpWhileThoseOnTheirWayWouldDo() {
    Scrape.Pod fresh = Scrapes.pod(9, Long.MAX_VALUE, Scrapes.metrics(0, 0));
    metric.scraped(Scrapes.with(of(15, 1, 0.9), fresh));
    metric.scraped(Scrapes.with(of(30, 1, 0.9), fresh));

    assertEquals(2, metric.replicas(2, 0));
  }
}
