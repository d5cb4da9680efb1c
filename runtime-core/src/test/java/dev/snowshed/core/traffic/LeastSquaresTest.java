package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void findsWhatMadeTheRows() {
    LeastSquares squares = new LeastSquares(2);
    for (int i = 0; i < 50; i++) {
      double a = random.nextDouble(100);
      double b = random.nextDouble(100);
      squares.add(new double[] {a, b}, 0.01 * a + 0.03 * b);
    }

    double[] found = squares.solve();

    assertEquals(0.01, found[0], 1e-6);
    assertEquals(0.03, found[1], 1e-6);
  }

  @Test
  void goesNoLowerThanNothing() {
    LeastSquares squares = new LeastSquares(2);
    for (int i = 0; i < 50; i++) {
      double a = random.nextDouble(100);
      double b = random.nextDouble(100);
      squares.add(new double[] {a, b}, 0.01 * a - 0.03 * b);
    }

    assertEquals(0, squares.solve()[1]);
  }

  @Test
  void saysHowSureItIs() {
    LeastSquares squares = new LeastSquares(2);
    for (int i = 0; i < 400; i++) {
      double a = random.nextDouble(1);
      double b = random.nextDouble(1);
      squares.add(new double[] {a, b}, a + b + random.nextGaussian() / 10);
    }

    double error = squares.error(squares.solve(), 0);

    // 0.1 ÷ √(400 · what of a² is not explained by b: 1/3 − (1/4)²/(1/3))
    assertEquals(0.1 / Math.sqrt(400 * (1.0 / 3 - 3.0 / 16)), error, 0.002);
  }

  @Test
  void doesNotTellColumnsApartThatAreAlike() {
    LeastSquares squares = new LeastSquares(2);
    for (int i = 1; i < 50; i++) {
      squares.add(new double[] {i, 2 * i}, 3 * i + random.nextGaussian());
    }

    assertTrue(Double.isInfinite(squares.error(squares.solve(), 0)));
  }
}
