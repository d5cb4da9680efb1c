package dev.snowshed.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void readsTheLineAmongWhatWrkPrintsItself() {
    Load load =
        Load.parse(
            """
            Running 8s test @ http://127.0.0.1:1/
              1 threads and 32 connections

            bench requests=5000 micros=2000000 p50=150 p99=2100 status=1 connect=2 read=3 write=4 timeout=5
            """);

    assertEquals(new Load(5000, 2500, 150, 2100, 15), load);
  }

  @Test
  void saysSoWhenThereIsNoResult() {
    assertThrows(BenchException.class, () -> Load.parse("unable to connect"));
  }
}
