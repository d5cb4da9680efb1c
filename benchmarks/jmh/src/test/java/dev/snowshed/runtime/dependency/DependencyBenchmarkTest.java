package dev.snowshed.runtime.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is measured works, with no more of the host than the benchmark brings. */
class DependencyBenchmarkTest {
  @Test
  void calls() throws Exception {
    DependencyBenchmark benchmark = new DependencyBenchmark();
    benchmark.open();
    String expected = benchmark.direct();
    assertEquals(expected, benchmark.observed());
    assertEquals(expected, benchmark.usual());
    assertEquals(expected, benchmark.timed());
    assertEquals("done", benchmark.async().toCompletableFuture().join());
  }
}
