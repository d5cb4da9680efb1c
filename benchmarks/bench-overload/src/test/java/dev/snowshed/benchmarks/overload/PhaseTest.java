package dev.snowshed.benchmarks.overload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.load.Tally;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final long MILLI = 1_000_000;
  private final Tally tally = new Tally();

  @Test
  void invalidatesAPhaseWhoseGeneratorLagged() {
    for (int i = 0; i < 98; i++) {
      tally.begun(MILLI);
    }
    assertTrue(phase(tally).valid());

    tally.begun(6 * MILLI);
    tally.begun(6 * MILLI);

    assertFalse(phase(tally).valid());
  }

  private static Phase phase(Tally tally) {
    return new Phase(1, 1, false, 1, tally, 1, 0);
  }
}
