package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.traffic.Bottleneck;
import org.junit.jupiter.api.Test;

class LoadInHostsTest {
  private static final int PODS = 8;
  private static final int CORES = 4;
  private static final double COST = 0.02;
  private static final Scrape.Capacity FIFTY = Scrapes.carries(50, COST, Bottleneck.PROCESSORS);

  private final LoadInHosts load = new LoadInHosts(CapacityRule.DEFAULT, CORES);
  private int seconds;
  private double requests;
  private double retries;
  private double busy;

  private void run(int scrapes, double perSecond, double retriesPerSecond, Scrape.Capacity each) {
    run(scrapes, perSecond, retriesPerSecond, COST, each);
  }

  private void run(
      int scrapes, double perSecond, double retriesPerSecond, double cost, Scrape.Capacity each) {
    for (int i = 0; i < scrapes; i++) {
      seconds += 5;
      requests += 5 * (perSecond + retriesPerSecond);
      retries += 5 * retriesPerSecond;
      busy += 5 * (perSecond + retriesPerSecond) * cost * CORES / PODS;
      load.scraped(
          Scrapes.of(
              seconds,
              Math.round(requests),
              PODS,
              Scrapes.metrics(
                  busy, 0, Math.round(requests / PODS), Math.round(retries / PODS), each)));
    }
  }

  @Test
  void saysNothingBeforeTheFirstScrape() {
    assertEquals(Double.NaN, load.wanted());
    assertEquals(Double.NaN, load.target());
  }

  @Test
  void dividesDemandByWhatIsSafe() {
    run(30, 408, 0, FIFTY);

    assertEquals(11, load.wanted());
    assertEquals(50, load.target(), 0.1);
  }

  @Test
  void leavesASmallFleetMoreRoomInKnativesLoop() {
    run(30, 150, 0, FIFTY);

    assertEquals(4, load.wanted());
    assertEquals(150 / (0.8 * (3 + 0.7 * Math.sqrt(3))), load.target(), 0.1);
  }

  @Test
  void leavesRetriesOut() {
    run(30, 392, 80, FIFTY);

    assertEquals(10, load.wanted());
    assertEquals(60, load.target(), 0.5);
  }

  @Test
  void asksForTwiceAsManyWhileDemandHasLeaptAndHostsAreMissing() {
    run(30, 300, 0, FIFTY);
    run(1, 600, 0, FIFTY);
    double atOnce = load.wanted();
    run(3, 600, 0, FIFTY);
    double soon = load.wanted();
    run(6, 600, 0, FIFTY);

    assertEquals(2 * 400 * COST / 0.8, atOnce, 1);
    assertEquals(2 * 600 * COST / 0.8, soon, 1);
    assertEquals(600 * COST / 0.8, load.wanted(), 1);
  }

  @Test
  void asksForNoMoreThanItTakesOnceHostsAreReady() {
    run(30, 150, 0, FIFTY);
    run(4, 300, 0, FIFTY);

    assertEquals(8, load.wanted());
  }

  @Test
  void takesARampForNoLeap() {
    for (int i = 0; i < 36; i++) {
      run(1, 300 + 5 * i, 0, FIFTY);
    }

    assertEquals(Math.ceil(470 * COST / 0.8), load.wanted());
  }

  @Test
  void asksForMoreAtOnceWhenRequestsTakeMoreOfTheProcessors() {
    run(30, 300, 0, FIFTY);
    run(1, 300, 0, 2 * COST, FIFTY);

    assertEquals(300 * 1.3 * COST / 0.8, load.wanted(), 1);
  }

  @Test
  void doesNotScaleOnADependency() {
    run(30, 300, 0, FIFTY);
    run(30, 295, 60, COST / 2, Scrapes.carries(20, COST, Bottleneck.DEPENDENCY));

    assertEquals(8, load.wanted());
  }

  @Test
  void doesNotScaleOnRefusalsWhileProcessorsAreIdle() {
    for (int second = 0; second <= 180; second += 5) {
      load.scraped(
          Scrapes.of(
              second,
              8000L * second,
              PODS,
              Scrapes.refusing(
                  0.05 * CORES * second,
                  1000L * second,
                  980L * second,
                  Scrapes.carries(2000, 0.0005, Bottleneck.UNKNOWN))));
    }

    assertEquals(5, load.wanted());
  }

  @Test
  void takesWhatIsInUseForTheLeastWhileProcessorsAreIdle() {
    run(30, 200, 0, COST, Scrapes.carries(250, COST / 5, Bottleneck.PROCESSORS));

    assertEquals(5, load.wanted());
  }

  @Test
  void makesNoLeapOfAFewReadings() {
    run(4, 300, 0, FIFTY);
    run(4, 450, 0, FIFTY);

    assertEquals(Math.ceil(450 * COST / 0.8), load.wanted());
  }

  @Test
  void keepsForTenMinutesWhatItKnew() {
    run(30, 295, 0, FIFTY);
    run(119, 590, 0, Scrape.Capacity.UNKNOWN);
    assertEquals(15, load.wanted());
    run(2, 590, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(Double.NaN, load.wanted());
  }

  @Test
  void shrinksToWhatIsEnoughWhileNothingIsKnown() {
    run(30, 11, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(1, load.wanted());
    assertEquals(Double.NaN, load.target());
  }

  @Test
  void doesNotGrowWhileNothingIsKnown() {
    run(30, 300, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(Double.NaN, load.wanted());
  }
}
