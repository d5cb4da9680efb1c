package dev.snowshed.benchmarks.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.load.Json;
import dev.snowshed.benchmarks.load.Outcome;
import dev.snowshed.benchmarks.load.Tally;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final long MILLI = 1_000_000;

  @Test
  void setsAgainstTheBestAndMarksWhatIsCapped() throws IOException {
    Result result = new Result(Workload.CPU, "snowshed");
    Phase calm = phase(0.5, false, 300, 0, 600_000);
    Phase full = phase(5, false, 450, 2000, 950_000);
    Phase flooded = phase(10, true, 450, 4000, 1_000_000);
    result.add(new Visit(500, 100, List.of(calm, full, flooded), 500));

    String table = Report.tables(Options.parse("--functions", "cpu"), List.of(result));

    assertTrue(table.contains("0.60 (300) "), table);
    assertTrue(table.contains("0.90 (450)^"), table);
    assertTrue(table.contains("25.0     2000.0      100.0"), table);
    assertTrue(table.contains("^ snowshed, bench-cpu: the generator offered 1234/s"), table);
    assertTrue(table.contains("10.0 / 1.0^"), table);
    assertFalse(table.contains("!"), table);
    assertFalse(table.contains("Something else"), table);
  }

  @Test
  void tellsNoCostOfARefusalFromTooFewOrWithoutACalmPhase() {
    Phase calm = phase(0.5, false, 300, 0, 600_000);
    Phase full = phase(5, false, 450, 2000, 950_000);

    assertTrue(Double.isNaN(refusalCpuMicros(calm, phase(10, false, 9, 10, 9))));
    assertTrue(Double.isNaN(refusalCpuMicros(calm)));
    assertTrue(Double.isNaN(refusalCpuMicros(full, phase(10, false, 450, 4000, 1_000_000))));
  }

  @Test
  void countsWhatIsServedMoreOff() {
    Phase calm = phase(0.5, false, 300, 0, 600_000);
    Phase full = phase(5, false, 440, 2000, 930_000);

    assertEquals(25, refusalCpuMicros(calm, full, phase(10, false, 450, 4000, 1_000_000)), 1e-9);
  }

  private static double refusalCpuMicros(Phase... phases) {
    return new Visit(1, 1, List.of(phases), 1).refusalCpuMicros();
  }

  @Test
  void writesJson() {
    assertEquals(
        "{\"a\": [1.5000, null, 7, true], \"b\": \"say \\\"x\\\"\"}",
        Json.write(
            new TreeMap<>(Map.of("a", List.of(1.5, Double.NaN, 7, true), "b", "say \"x\""))));
  }

  @Test
  void writesAllFiguresAsJson() throws IOException {
    Result result = new Result(Workload.POOL, "google");
    result.add(new Visit(500, 100, List.of(phase(1, false, 100, 0, 5)), 500));

    String json = Report.json(Options.parse(), List.of(result));

    assertTrue(json.contains("\"refusalCpuMicros\": null"), json);
    assertTrue(json.contains("\"goodputRatio\": {\"median\": 0.2000"), json);
    assertTrue(json.contains("\"unsent\": 0"), json);
  }

  private static Phase phase(double factor, boolean capped, int good, int refused, long cpuMicros) {
    Tally tally = new Tally();
    for (int i = 0; i < good; i++) {
      tally.ended(Outcome.GOOD, 200, 10 * MILLI);
      tally.goodAnswer(0);
    }
    for (int i = 0; i < refused; i++) {
      tally.ended(Outcome.REFUSED, 503, MILLI);
    }
    return new Phase(factor, 1234, capped, 1, tally, cpuMicros, 0);
  }
}
