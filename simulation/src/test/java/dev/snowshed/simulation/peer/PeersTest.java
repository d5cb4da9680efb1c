package dev.snowshed.simulation.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.simulation.engine.GateFactory;
import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays every peer on simple loads and holds what comes out within wide bands: a port that refuses
 * when it should not, or holds nothing, is broken.
 */
class PeersTest {

  static Collection<String> names() {
    return Peers.all().sequencedKeySet();
  }

  private static GateFactory peer(String name) {
    return Objects.requireNonNull(Peers.all().get(name), name);
  }

  private static void assertWithin(double low, double high, double value, Run run) {
    assertTrue(low <= value && value <= high, () -> "not in " + low + " to " + high + ": " + run);
  }

  @Test
  void haveNamesForCommandLines() {
    names().forEach(name -> assertTrue(name.matches("[a-z0-9-]+"), name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void letAHalfLoadIn(String name) {
    Run run = Run.of(Run.cpu(200), peer(name));
    assertWithin(0, 0.01, run.rejected(), run);
    assertWithin(190, 210, run.goodput(), run);
    assertWithin(1.5, 3.5, run.inflight(), run);
  }

  @ParameterizedTest
  @MethodSource("names")
  void areRepeatable(String name) {
    assertEquals(
        Run.of(Run.cpu(600), peer(name)).toString(), Run.of(Run.cpu(600), peer(name)).toString());
  }

  /** The lower band of those that hold an overload is 0.85 of what the cores can do. */
  @ParameterizedTest
  @CsvSource({
    "vegas, 340, 5, 30",
    "gradient2, 340, 10, 40",
    "gradient2-uncapped, 340, 10, 40",
    "gradient2-unfloored, 340, 10, 40",
    "aimd-unfloored, 340, 20, 70",
    "aimd, 340, 20, 70",
    "aimd-uncapped, 340, 20, 70",
    "quarkus, 340, 4, 40",
    "envoy, 340, 4, 40",
    "envoy-unpinned, 340, 15, 60",
    "brpc, 340, 5, 80",
    "brpc-sparse, 340, 5, 80",
    "failsafe-go, 340, 15, 60",
    "failsafe-go-uncapped, 340, 15, 60",
  })
  void holdADoubleLoad(String name, double goodput, double lowInflight, double highInflight) {
    Run run = Run.of(Run.cpu(800), peer(name));
    assertWithin(0.4, 0.6, run.rejected(), run);
    assertWithin(goodput, 410, run.goodput(), run);
    assertWithin(lowInflight, highInflight, run.inflight(), run);
  }

  /**
   * These begin to refuse when averages of the CPU or the load over many seconds say so, or queue
   * beyond the deadline: they bound the overload, but late, and the goodput is what is left.
   */
  @ParameterizedTest
  @CsvSource({
    "kratos-bbr, 0.2, 0.7, 6500",
    "sentinel, 0.3, 0.7, 2500",
    "sentinel-cpu, 0.4, 0.8, 600",
    "failsafe-go-queueing, 0.4, 0.6, 60",
  })
  void boundADoubleLoad(String name, double lowRejected, double highRejected, double inflight) {
    Run run = Run.of(Run.cpu(800), peer(name));
    assertWithin(lowRejected, highRejected, run.rejected(), run);
    assertWithin(1, inflight, run.inflight(), run);
  }

  @Test
  void kratosHoldsADoubleLoadOnceItsAverageOfTheCpuIsHigh() {
    Run run = Run.of(Run.cpu(380, 800), peer("kratos-bbr"));
    assertWithin(0.4, 0.7, run.rejected(), run);
    assertWithin(280, 410, run.goodput(), run);
    assertWithin(2, 30, run.inflight(), run);
  }

  /** Twice what one core can do: of 20 at once most are late. */
  @ParameterizedTest
  @ValueSource(strings = {"gradient2", "aimd"})
  void theLowerBoundCostsASmallHostGoodput(String name) {
    Run bounded = Run.of(Run.oneCore(25, 100), peer(name));
    Run free = Run.of(Run.oneCore(25, 100), peer(name + "-unfloored"));
    assertTrue(bounded.goodput() < 0.8 * free.goodput(), () -> bounded + "; " + free);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vegas", "gradient2", "aimd", "envoy", "brpc", "failsafe-go"})
  void findAFullPoolByItsLatency(String name) {
    Run run = Run.of(Run.pool(750), peer(name));
    assertWithin(0.25, 0.45, run.rejected(), run);
    assertWithin(400, 510, run.goodput(), run);
    assertWithin(15, 120, run.inflight(), run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus", "kratos-bbr", "sentinel", "sentinel-cpu"})
  void doNotSeeAFullPoolWhileTheCpuIdles(String name) {
    Run run = Run.of(Run.pool(750), peer(name));
    assertEquals(0, run.rejected(), run.toString());
    assertWithin(0, 50, run.goodput(), run);
  }
}
