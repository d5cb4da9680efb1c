package dev.snowshed.simulation.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HorizontalPodAutoscalerTest {
  private static final long SECOND = 1_000_000_000;

  private final Wish wish = new Wish();
  private final HorizontalPodAutoscaler autoscaler =
      new HorizontalPodAutoscaler(wish, Behavior.DEFAULT, new Autoscaler.Bounds(2, 100));

  /** A metric that recommends what it is told to. */
  private static final class Wish implements Recommender {
    private int replicas;

    @Override
    public void scraped(Scrape scrape) {}

    @Override
    public int replicas(int current, long nowNanos) {
      return replicas;
    }
  }

  private int ask(int wanted, int current, int atSeconds) {
    wish.replicas = wanted;
    return autoscaler.replicas(current, atSeconds * SECOND);
  }

  @Test
  void goesUpAtMostFourOrTwofoldInFifteenSeconds() {
    assertEquals(7, ask(50, 3, 0));
    assertEquals(14, ask(50, 7, 15));
    assertEquals(28, ask(50, 14, 30));
    assertEquals(50, ask(50, 28, 45));
  }

  @Test
  void countsWhatWasAddedInTheSamePeriod() {
    assertEquals(20, ask(50, 10, 0));
    assertEquals(20, ask(50, 20, 10));
    assertEquals(40, ask(50, 20, 15));
  }

  @Test
  void goesDownToTheHighestRecommendationOfFiveMinutes() {
    assertEquals(10, ask(10, 10, 0));
    assertEquals(10, ask(6, 10, 15));
    assertEquals(10, ask(4, 10, 299));
    assertEquals(6, ask(4, 10, 301));
    assertEquals(4, ask(4, 6, 330));
  }

  @Test
  void staysWithinItsBounds() {
    assertEquals(2, ask(0, 2, 0));
    assertEquals(100, ask(500, 90, 15));
  }
}
