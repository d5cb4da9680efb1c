package dev.snowshed.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  private final Shares shares = new Shares(SECOND);

  /** Says that of a function so many ran on average, each for so long. */
  private void occupy(Share share, double occupancy, double runMillis, double processors) {
    shares.ran(share, occupancy * SECOND, runMillis * MILLI, processors, 0);
  }

  @Test
  void givesAFunctionAloneAllProcessors() {
    Share share = shares.open();
    occupy(share, 1.5, 10, 2);
    assertEquals(1, share.ofRun());
    assertTrue(!share.waits());
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "4, 0.5", "20, 0.1", "200, 0.01"})
  void takesWhatIsAboveTheProcessorsForWaits(double occupancy, double part) {
    Share share = shares.open();
    occupy(share, occupancy, 10, 2);
    assertEquals(part, share.ofRun(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    // processors, runs of each of three functions, level
    "3, 1, 1, 1, 1",
    "6, 1, 1, 10, 4",
    "6, 1, 10, 10, 2.5",
    "6, 10, 10, 10, 2",
    "4, 0, 1, 10, 3",
    "0.5, 10, 10, 10, 0.16667"
  })
  void fillsTheProcessorsLikeVessels(
      double processors, double first, double second, double third, double level) {
    List<Share> all = List.of(shares.open(), shares.open(), shares.open());
    double[] runs = {first, second, third};
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3; i++) {
        // the second time adds nothing, but sees what the others did
        occupy(all.get(i), round == 0 ? runs[i] : 0, 10, processors);
      }
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(Math.min(1, level / runs[i]), all.get(i).ofRun(), 1e-4);
    }
  }

  @Test
  void forgetsWhatRan() {
    Share share = shares.open();
    shares.ran(share, 10 * SECOND, MILLI, 2, 0);
    assertEquals(10, share.occupancy(), 1e-9);
    shares.ran(share, 0, MILLI, 2, (long) SECOND);
    assertEquals(10 / Math.E, share.occupancy(), 1e-9);
    shares.ran(share, 0, MILLI, 2, 0);
    assertEquals(10 / Math.E, share.occupancy(), 1e-9, "time does not go back");
  }

  @Test
  void countsNoRunBelowZero() {
    Share share = shares.open();
    shares.ran(share, -SECOND, MILLI, 2, 0);
    assertEquals(0, share.occupancy());
  }

  @Test
  void sharesTheProcessorsByTimeAndNotByRequests() {
    Share cheap = shares.open();
    Share dear = shares.open();
    occupy(cheap, 1, 1, 2);
    occupy(dear, 1, 9, 2);
    occupy(cheap, 0, 1, 2);
    int[] let = serve(900, cheap, dear);
    assertEquals(9, (double) let[0] / let[1], 0.2);
  }

  /** A function that waits for something else is charged what a request costs on average. */
  @Test
  void doesNotChargeAWaitingFunctionForItsWaits() {
    Share busy = shares.open();
    Share waiter = shares.open();
    occupy(busy, 1, 10, 2);
    occupy(waiter, 100, 1_000, 2);
    occupy(busy, 0, 10, 2);
    assertEquals(1, busy.ofRun());
    assertEquals(0.01, waiter.ofRun(), 1e-9);
    // both take one processor and 100 per second: they are served alike
    int[] let = serve(1_000, busy, waiter);
    assertEquals(500, let[0], 10);
  }

  @Test
  void doesNotChargeMoreThanAverageForWhatNobodyKnows() {
    Share busy = shares.open();
    Share waiter = shares.open();
    occupy(busy, 2, 10, 2);
    occupy(waiter, 20, 1_000, 2);
    occupy(busy, 0, 10, 2);
    // one processor each; the waiter ends 20 per second, 50 ms each at most, busy 200 per second;
    // both processors over 220 per second are 9.1 ms, of which busy is charged no more than that
    int[] let = serve(1_000, busy, waiter);
    assertTrue(let[1] >= 300, () -> "was " + let[1]);
  }

  @Test
  void givesNoCreditForTimeInWhichNobodyWaited() {
    Share old = shares.open();
    Share late = shares.open();
    occupy(old, 1, 10, 2);
    occupy(late, 1, 10, 2);
    occupy(old, 0, 10, 2);
    int[] before = serve(1_000, old);
    assertEquals(1_000, before[0]);
    shares.begin(late);
    int[] let = serve(100, old, late);
    assertEquals(50, let[0], 1);
  }

  @Test
  void takesAFunctionAwayThatIsGone() {
    Share gone = shares.open();
    Share stays = shares.open();
    occupy(gone, 100, 10, 2);
    occupy(stays, 4, 10, 2);
    assertEquals(0.25, stays.ofRun(), 1e-9);
    shares.close(gone);
    occupy(stays, 0, 10, 2);
    assertEquals(0.5, stays.ofRun(), 1e-9);
  }

  @Test
  void survivesARunOfAFunctionThatIsGone() {
    Share gone = shares.open();
    shares.close(gone);
    occupy(gone, 1, 10, 2);
    assertEquals(1, gone.ofRun());
  }

  @Test
  void letsANewFunctionBeginAtThePresentTime() {
    Share old = shares.open();
    occupy(old, 1, 10, 2);
    int[] _ = serve(100, old);
    Share late = shares.open();
    assertEquals(99 * 10 * MILLI, late.virtualTime(), 1);
  }

  /** Lets in, so many times, the one with the least service; returns how often each. */
  private int[] serve(int times, Share... all) {
    List<Share> order = new ArrayList<>(List.of(all));
    int[] let = new int[all.length];
    for (int i = 0; i < times; i++) {
      int least = 0;
      for (int j = 1; j < all.length; j++) {
        if (order.get(j).virtualTime() < order.get(least).virtualTime()) {
          least = j;
        }
      }
      shares.charge(order.get(least));
      let[least]++;
    }
    return let;
  }
}
