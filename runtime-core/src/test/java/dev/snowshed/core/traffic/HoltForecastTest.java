package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class HoltForecastTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final int DAY = 86_400;

  private final SplittableRandom random = new SplittableRandom(1);
  private final HoltForecast forecast = new HoltForecast();

  private Forecast after(int seconds, DoubleUnaryOperator perSecond) {
    for (int i = 0; i <= seconds; i += 10) {
      double mean = 10 * perSecond.applyAsDouble(i);
      forecast.add(mean + random.nextGaussian() * Math.sqrt(mean), i * SECOND);
    }
    return forecast.ahead(seconds * SECOND, 5 * MINUTE).getFirst();
  }

  @Test
  void saysNothingAtFirst() {
    for (int i = 0; i < 6; i++) {
      forecast.add(100, i * 10L * SECOND);
    }

    assertEquals(List.of(), forecast.ahead(50 * SECOND, MINUTE));
  }

  @Test
  void staysWhereNothingChanges() {
    Forecast said = after(1_200, _ -> 200);

    assertEquals(200, said.perSecond(), 10);
    assertTrue(said.low() < 200 && 200 < said.high(), said.toString());
  }

  @Test
  void followsARiseAndDampsIt() {
    Forecast said = after(1_200, seconds -> 100 + seconds);

    assertTrue(said.perSecond() > 1_300 && said.perSecond() < 1_500, said.toString());
  }

  @Test
  void isNeverBelowNothing() {
    Forecast said = after(1_200, seconds -> Math.max(0, 100 - seconds / 6.0));

    assertTrue(said.perSecond() >= 0 && said.low() >= 0, said.toString());
  }

  @Test
  void knowsTheDayAfterTwo() {
    // without the day, 100 would be expected
    DoubleUnaryOperator day = seconds -> seconds % DAY < DAY / 2 ? 100 : 300;
    int now = 3 * DAY + DAY / 2 - 10;

    Forecast said = after(now, day);

    double expected = day.applyAsDouble(now + 300);
    assertEquals(expected, said.perSecond(), expected / 20);
  }
}
