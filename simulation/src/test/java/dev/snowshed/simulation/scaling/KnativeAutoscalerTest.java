package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KnativeAutoscalerTest {
  private static final long SECOND = 1_000_000_000;
  private static final int PODS = 4;

  private final KnativeAutoscaler autoscaler =
      new KnativeAutoscaler(
          KnativeAutoscaler.Settings.DEFAULT, now -> 5, new Autoscaler.Bounds(1, 100));
  private int second;
  private double underWay;

  /** Lets so many requests be in each pod for some seconds. */
  private void run(int seconds, double inEach) {
    for (int i = 0; i < seconds; i++) {
      second++;
      underWay += inEach;
      autoscaler.scraped(Scrapes.of(second, 0, PODS, Scrapes.metrics(0, underWay)));
    }
  }

  private int replicas() {
    return autoscaler.replicas(PODS, second * SECOND);
  }

  @Test
  void followsTheMeanOfAMinute() {
    run(60, 5);
    run(20, 8);

    assertEquals(5, replicas());
  }

  @Test
  void panicsWhenSixSecondsAskForTwiceThePods() {
    run(60, 5);
    run(6, 12);

    assertEquals(10, replicas());
  }

  @Test
  void doesNotGoDownWhileItPanics() {
    run(60, 5);
    run(6, 12);
    assertEquals(10, replicas());
    run(59, 2);

    assertEquals(10, replicas());
  }

  @Test
  void halvesThePodsAtMost() {
    run(60, 0.1);

    assertEquals(2, replicas());
  }
}
