package dev.snowshed.benchmarks.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {
  private final List<Double> loads = new ArrayList<>();

  @Test
  void doublesClientsUntilTwoStepsGainNothing() throws IOException {
    // 20 ms each, 10 at once: 500 per second, and less and less beyond 64 clients
    double best =
        CapacitySearch.closed(
            clients -> {
              loads.add(clients);
              return clients > 64 ? 100 : Math.min(500, clients * 50);
            },
            4096);

    assertEquals(500, best);
    assertEquals(List.of(8.0, 16.0, 32.0, 64.0), loads);
  }

  @Test
  void stopsAtTheMostClients() throws IOException {
    assertEquals(640, CapacitySearch.closed(clients -> clients * 10, 100));
  }

  @Test
  void climbsAsLongAsTheRateIsCarried() throws IOException {
    double best =
        CapacitySearch.climb(
            rate -> {
              loads.add(rate);
              return Math.min(rate, 140);
            },
            100);

    assertEquals(140, best);
    assertEquals(List.of(100.0, 125.0, 156.25), loads);
  }

  @Test
  void keepsTheFirstRateIfMoreBringsLess() throws IOException {
    assertEquals(100, CapacitySearch.climb(rate -> 20, 100));
  }
}
