package dev.snowshed.simulation.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final List<Integer> NOBODY = List.of();

  private static List<Integer> picks(Balancer balancer, int count) {
    List<Integer> picks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      picks.add(balancer.pick(NOBODY));
    }
    return picks;
  }

  private static void weigh(Balancer balancer, double... weights) {
    for (int host = 0; host < weights.length; host++) {
      balancer.backend(host).reported(new Report(true, weights[host]));
    }
  }

  @Test
  void roundRobinTakesOneAfterTheOther() {
    Balancer balancer = new Balancer(Balancing.ROUND_ROBIN, 3);

    assertEquals(List.of(0, 1, 2, 0), picks(balancer, 4));
    balancer.backend(1).healthy(false);
    assertEquals(List.of(2, 0, 2), picks(balancer, 3));
  }

  @Test
  void leastConnectionsTakesTheIdlestAndTurnsAmongEquals() {
    Balancer balancer = new Balancer(Balancing.LEAST_CONNECTIONS, 3);

    assertEquals(List.of(0, 1, 2, 0), picks(balancer, 4));
    balancer.backend(1).sent();
    balancer.backend(2).sent();
    balancer.backend(2).sent();
    assertEquals(List.of(0, 0), picks(balancer, 2));
    balancer.backend(0).sent();
    balancer.backend(0).sent();
    assertEquals(1, balancer.pick(NOBODY));
    balancer.backend(2).answered();
    balancer.backend(2).answered();
    assertEquals(2, balancer.pick(NOBODY));
  }

  @Test
  void weightsSpreadTheTurnsEvenly() {
    Balancer balancer = new Balancer(Balancing.WEIGHTED, 3);
    weigh(balancer, 1, 0.5, 0.5);

    assertEquals(List.of(0, 1, 2, 0, 0, 1, 2, 0), picks(balancer, 8));
  }

  @Test
  void weightsCountWhatIsUnderWay() {
    Balancer balancer = new Balancer(Balancing.WEIGHTED_LEAST_CONNECTIONS, 2);
    weigh(balancer, 1, 0.25);

    for (int expected : List.of(0, 0, 0, 1)) {
      int host = balancer.pick(NOBODY);
      balancer.backend(host).sent();
      assertEquals(expected, host);
    }
  }

  @Test
  void leavesOutWhoIsDownOrUnwillingOrOffTheListOrTried() {
    for (Balancing balancing : Balancing.values()) {
      Balancer balancer = new Balancer(balancing, 5);
      balancer.backend(0).healthy(false);
      balancer.backend(1).reported(new Report(false, 0.01));
      balancer.backend(2).listed(false);

      assertEquals(4, balancer.pick(List.of(3)), balancing.name());
      assertEquals(Balancer.NONE, balancer.pick(List.of(3, 4)), balancing.name());
      assertEquals(0.4, balancer.readyShare(), balancing.name());
    }
  }
}
