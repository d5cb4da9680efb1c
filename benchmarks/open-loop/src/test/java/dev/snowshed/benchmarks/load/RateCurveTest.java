package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.http.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateCurveTest {
  @TempDir private Path folder;

  @Test
  void readsOneRateALine() throws IOException {
    RateCurve curve = RateCurve.read(file("# a remark\n10\n\n2.5\n"));

    assertEquals(2, curve.bins());
    assertEquals(2.5, curve.perSecond(1));
    assertEquals(0.2, curve.seconds(), 1e-9);
  }

  @Test
  void namesTheLineThatIsNoRate() throws IOException {
    Path file = file("10\n# fine\nten\n");

    BenchException problem = assertThrows(BenchException.class, () -> RateCurve.read(file));

    assertTrue(problem.toString().contains("trace:3: \"ten\""), problem.toString());
    assertThrows(BenchException.class, () -> RateCurve.read(file("-1\n")));
    assertThrows(BenchException.class, () -> RateCurve.read(file("NaN\n")));
    assertThrows(BenchException.class, () -> RateCurve.read(file("0\n0\n")));
    assertThrows(BenchException.class, () -> RateCurve.read(file("")));
    assertThrows(BenchException.class, () -> RateCurve.read(file("1\n".repeat(6001))));
  }

  @Test
  void scalesTheBusiestSecond() {
    double[] rates = new double[30];
    Arrays.fill(rates, 0, 10, 10);
    Arrays.fill(rates, 10, 20, 30);

    RateCurve curve = RateCurve.trace(rates).withPeak(300);

    assertEquals(300, curve.peak(), 1e-9);
    assertEquals(100, curve.perSecond(0), 1e-9);
    assertEquals((100 + 200 + 0) / 3.0, curve.meanBelow(200), 1e-9);
  }

  @Test
  void gathersACrowdOfEightTimesItsBaseAndLosesItAgain() {
    RateCurve crowd = RateCurve.flashCrowd(new SplittableRandom(1));

    assertEquals(40, crowd.seconds(), 1e-9);
    assertEquals(1, mean(crowd, 0, 80), 0.1);
    assertEquals(8, mean(crowd, 110, 150), 0.4);
    assertEquals(1 + 7 * Math.exp(-24.5 / 6), mean(crowd, 390, 400), 0.2);
    assertEquals(8, crowd.peak(), 0.8);
  }

  private static double mean(RateCurve curve, int from, int to) {
    double sum = 0;
    for (int bin = from; bin < to; bin++) {
      sum += curve.perSecond(bin);
    }
    return sum / (to - from);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("trace"), text);
  }
}
