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
  private double answered;
  private double retries;
  private double busy;

  private void run(int scrapes, double perSecond, double retriesPerSecond, Scrape.Capacity each) {
    run(scrapes, perSecond, retriesPerSecond, COST, each);
  }

  private void run(
      int scrapes, double perSecond, double retriesPerSecond, double cost, Scrape.Capacity each) {
    run(5 * scrapes, perSecond, retriesPerSecond, 1, cost, each);
  }

  private void run(
      int forSeconds,
      double perSecond,
      double retriesPerSecond,
      double answeredShare,
      double cost,
      Scrape.Capacity each) {
    for (int i = 0; i < forSeconds; i++) {
      seconds++;
      requests += perSecond + retriesPerSecond;
      answered += answeredShare * (perSecond + retriesPerSecond);
      retries += retriesPerSecond;
      busy += (perSecond + retriesPerSecond) * cost * CORES / PODS;
      load.scraped(
          Scrapes.of(
              seconds,
              Math.round(requests),
              Math.round(answered),
              PODS,
              Scrapes.metrics(
                  busy, 0, Math.round(requests / PODS), Math.round(retries / PODS), each)));
    }
  }

  @Test
  void saysNothingBeforeTheFirstScrape() {
    assertEquals(Double.NaN, load.wanted());
    assertEquals(Double.NaN, load.carries() / load.hedge());
  }

  @Test
  void dividesDemandByWhatIsSafe() {
    run(30, 408, 0, FIFTY);

    assertEquals(11, load.wanted());
    assertEquals(50, load.carries() / load.hedge(), 0.1);
  }

  @Test
  void leavesASmallFleetMoreRoomInKnativesLoop() {
    run(30, 150, 0, FIFTY);

    assertEquals(4, load.wanted());
    assertEquals(150 / (0.8 * (3 + 0.7 * Math.sqrt(3))), load.carries() / load.hedge(), 0.1);
  }

  @Test
  void leavesRetriesOut() {
    run(30, 392, 80, FIFTY);

    assertEquals(10, load.wanted());
    assertEquals(60, load.carries() / load.hedge(), 0.5);
  }

  @Test
  void asksForMoreThanItTakesWhileDemandHasLeaptAndHostsAreMissing() {
    run(30, 300, 0, FIFTY);
    run(1, 600, 0, FIFTY);
    double atOnce = load.wanted();
    double target = load.carries() / load.hedge();
    run(3, 600, 0, FIFTY);
    double soon = load.wanted();
    run(6, 600, 0, FIFTY);

    assertEquals(2.5 * 600 * COST / 0.8, atOnce, 1);
    assertEquals(2.5 * 600 * COST / 0.8, soon, 1);
    assertEquals(600 * COST / 0.8, load.wanted(), 1);
    assertEquals(50 / 2.5, target, 1);
    assertEquals(1, load.hedge());
  }

  @Test
  void asksForNoMoreThanThereWasBeforeInALeapToIt() {
    run(30, 300, 0, FIFTY);
    run(30, 480, 0, FIFTY);
    run(30, 300, 0, FIFTY);
    run(1, 400, 0, FIFTY);

    assertEquals(480.0 / 400, load.hedge(), 0.01);
    assertEquals(480 * COST / 0.8, load.wanted(), 1);
  }

  @Test
  void takesRetriesThatNoHostHasToldYetForNoLeap() {
    run(30, 300, 0, FIFTY);
    run(5, 450, 0, 0.5, COST, FIFTY);

    assertEquals(1, load.hedge());
  }

  @Test
  void takesWhatChanceBringsForNoLeap() {
    run(30, 300, 0, FIFTY);
    run(5, 340, 0, 1, COST, FIFTY);

    assertEquals(1, load.hedge());
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
    run(2, 300, 0, 2 * COST, FIFTY);

    assertEquals(300 * 1.4 * COST / 0.8, load.wanted(), 1);
  }

  @Test
  void doesNotScaleOnADependency() {
    run(30, 300, 0, FIFTY);
    run(30, 295, 60, COST / 2, Scrapes.carries(20, COST, Bottleneck.DEPENDENCY));

    assertEquals(8, load.wanted());
  }

  @Test
  void doesNotScaleOnRefusalsWhileProcessorsAreIdle() {
    for (int second = 0; second <= 180; second++) {
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
    run(2, 300, 0, FIFTY);
    run(2, 450, 0, FIFTY);

    assertEquals(1, load.hedge());
  }

  @Test
  void keepsForAnHourWhatItKnew() {
    run(30, 295, 0, FIFTY);
    run(719, 295, 0, COST / 2, Scrape.Capacity.UNKNOWN);
    assertEquals(8, load.wanted());
    run(3, 295, 0, COST / 2, Scrape.Capacity.UNKNOWN);

    assertEquals(Double.NaN, load.wanted());
  }

  @Test
  void growsAsProcessorsNeedItWhileNothingIsKnown() {
    run(30, 300, 0, Scrape.Capacity.UNKNOWN);
    assertEquals(Double.NaN, load.wanted());
    run(4, 390, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(Math.ceil(390 * COST / 0.8), load.wanted());
    assertEquals(50, load.carries(), 1);
  }

  @Test
  void shrinksToWhatIsEnoughWhileNothingIsKnown() {
    run(30, 11, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(1, load.wanted());
    assertEquals(Double.NaN, load.carries() / load.hedge());
  }

  @Test
  void doesNotGrowWhileNothingIsKnown() {
    run(30, 300, 0, Scrape.Capacity.UNKNOWN);

    assertEquals(Double.NaN, load.wanted());
  }
}
