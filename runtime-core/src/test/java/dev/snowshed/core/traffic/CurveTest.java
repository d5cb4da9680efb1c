package dev.snowshed.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static List<Point> curve(double most, DoubleUnaryOperator throughput) {
    List<Point> curve = new ArrayList<>();
    for (double n = 1; n <= most; n *= 1.2) {
      double x = throughput.applyAsDouble(n);
      curve.add(new Point(n, x, n / x * 1e9));
    }
    return curve;
  }

  @Test
  void findsTheLawThatMadeThePoints() {
    Fit law = new Fit(Fit.Kind.USL, 100, 0.05, 0.002);

    Fit found = Curve.fit(curve(40, law::throughput), true);

    assertEquals(Fit.Kind.USL, found.kind());
    assertEquals(100, found.lambda(), 0.1);
    assertEquals(0.05, found.sigma(), 1e-3);
    assertEquals(0.002, found.kappa(), 1e-4);
    assertEquals(Math.sqrt(0.95 / 0.002), found.peak(), 1);
  }

  @Test
  void isAKneeWhereTheLawDoesNotBend() {
    assertEquals(Fit.KNEE, Curve.fit(curve(64, n -> 100 * Math.min(n, 4)), true));
  }

  @Test
  void refusesTooNarrowARange() {
    assertEquals(Fit.NONE, Curve.fit(curve(2.5, n -> 100 * n), false));
  }

  @Test
  void goesByLittlesLaw() {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      windows.add(Windows.of(i, "f", 100, 0.02, 2));
    }

    List<Point> points = Curve.of(windows, "f");

    assertEquals(1, points.size());
    assertEquals(2, points.getFirst().concurrency(), 1e-9);
    assertEquals(100, points.getFirst().throughput(), 1e-9);
    assertTrue(Math.abs(points.getFirst().latencyNanos() - 20e6) < 1);
  }
}
