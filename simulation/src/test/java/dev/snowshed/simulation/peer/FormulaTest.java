package dev.snowshed.simulation.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FormulaTest {

  @Test
  void kratosCarriesTheBestRateTimesTheBestLatency() {
    // 55 · 10 ms (9.2 rounded up) · 10 ÷ 1000 = 5.5
    assertEquals(5, KratosBbr.maxInflight(55, 9.2));
    // 120 · 25 · 10 ÷ 1000
    assertEquals(30, KratosBbr.maxInflight(120, 25));
    // 1 · 1 · 10 ÷ 1000 = 0.01
    assertEquals(0, KratosBbr.maxInflight(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void kratosAveragesTheCpu() {
    // 0.95 · 500 + 0.05 · 1000
    assertEquals(525, KratosBbr.average(500, 1000));
    // 0.95 · 700 + 0.05 · 20
    assertEquals(666, KratosBbr.average(700, 20));
    // above 1000 counts as 1000: 0.95 · 800 + 50
    assertEquals(810, KratosBbr.average(800, 1300));
  }

  @Test
  void sentinelCarriesTheBestRateTimesTheLowestLatency() {
    // 200 in half a second are 400 per second; · 10 ms
    assertEquals(4, SentinelGate.capacity(200, 10), 1e-12);
    // at least 1 success and 1 ms: 2 per second · 1 ms
    assertEquals(0.002, SentinelGate.capacity(0, 0), 1e-12);
  }

  @Test
  void sentinelLooksAtTheLoadOfAMinute() {
    // 100 · (1 − e^(−1/12)) = 100 · 0.0799556
    assertEquals(7.99556, SentinelGate.load1(0, 100), 1e-4);
    assertEquals(9.20044, SentinelGate.load1(10, 0), 1e-4);
  }

  @Test
  void quarkusRefusesByTheCubeOfTheLoad() {
    assertEquals(640, QuarkusGate.threshold(0));
    // 640 · (1 − 0.125)
    assertEquals(560, QuarkusGate.threshold(0.5));
    // 640 · (1 − 0.512)
    assertEquals(312.32, QuarkusGate.threshold(0.8), 1e-9);
    assertEquals(0, QuarkusGate.threshold(1));
  }

  @Test
  void aQueueRefusesGradually() {
    assertEquals(0, QueueingGate.refusal(19, 10));
    assertEquals(0, QueueingGate.refusal(20, 10));
    assertEquals(0.5, QueueingGate.refusal(25, 10));
    assertEquals(1, QueueingGate.refusal(30, 10));
    assertEquals(1, QueueingGate.refusal(31, 10));
  }
}
