package dev.snowshed.benchmarks.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.load.LoadRun.Ended;
import dev.snowshed.benchmarks.load.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host is out from second 3 to second 9 of 12, while 100 requests a second come. */
class FindingTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TENTH = SECOND / 10;
  private static final double PER_SECOND = 100;

  private final List<Ended> ended = new ArrayList<>();
  private final List<Sighting> sightings = new ArrayList<>();

  private static Ended request(long nanos, Outcome outcome, int status) {
    return new Ended(nanos, nanos, outcome, status);
  }

  private void seeHostOut(int host, long fromNanos, long toNanos) {
    for (long nanos = 0; nanos < 12 * SECOND; nanos += TENTH) {
      List<Boolean> in = new ArrayList<>(List.of(true, true, true, true));
      in.set(host - 1, nanos < fromNanos || nanos >= toNanos);
      sightings.add(new Sighting(nanos, in));
    }
  }

  private void answerAll(double goodPerSecond) {
    for (int i = 0; i < 12 * goodPerSecond; i++) {
      ended.add(request((long) (i * SECOND / goodPerSecond), Outcome.GOOD, 200));
    }
  }

  private Finding finding(Act act, int inflight) {
    Act.Course course = new Act.Course(2 * SECOND, 2 * SECOND, 8 * SECOND, inflight, true);
    return Finding.of(
        act, new Finding.Evidence(ended, sightings, course, PER_SECOND, PER_SECOND * 3 / 4));
  }

  @Test
  void tellsWhenTheHostWasOutAndBack() {
    seeHostOut(Act.STOP.host(), 3 * SECOND, 9 * SECOND);
    answerAll(PER_SECOND);

    Finding finding = finding(Act.STOP, 0);

    assertEquals(1, finding.outSeconds().orElseThrow(), 1e-9);
    assertEquals(1, finding.backSeconds().orElseThrow(), 1e-9);
    assertEquals(List.of(), finding.missed());
  }

  @Test
  void comparesGoodputWithWhatTheRestCarries() {
    seeHostOut(Act.STOP.host(), 3 * SECOND, 9 * SECOND);
    answerAll(60);

    Finding finding = finding(Act.STOP, 0);

    assertEquals(0.8, finding.restShare(), 1e-6);
    assertEquals(List.of("goodput below 0.95"), finding.missed());
  }

  @Test
  void missesTheBarsOfAHostThatStaysIn() {
    seeHostOut(Act.STOP.host(), 0, 0);
    answerAll(PER_SECOND);

    List<String> missed = finding(Act.STOP, 0).missed();

    assertTrue(missed.contains("not out within 3.0 probe intervals"), missed.toString());
  }

  @Test
  void allowsAKilledHostNothingThatCameAfterItsDeath() {
    seeHostOut(Act.KILL.host(), 3 * SECOND, 9 * SECOND);
    answerAll(PER_SECOND);
    ended.add(request(2 * SECOND - 1, Outcome.FAILED, 502));
    assertEquals(List.of(), finding(Act.KILL, 1).missed());

    ended.add(request(2 * SECOND + 1, Outcome.LATE, Outcome.NO_ANSWER));

    assertEquals(List.of("lost 1 that came after its death"), finding(Act.KILL, 1).missed());
  }

  @Test
  void allowsARollNothing() {
    seeHostOut(1, 3 * SECOND, 9 * SECOND);
    answerAll(PER_SECOND);
    ended.add(request(2 * SECOND, Outcome.REFUSED, 503));
    assertEquals(List.of(), finding(Act.ROLL, 0).missed());

    ended.add(request(2 * SECOND, Outcome.FAILED, 502));

    assertEquals(List.of("lost 1, not 0"), finding(Act.ROLL, 0).missed());
  }

  @Test
  void callsNoShareGoodThatNoSecondCanTell() {
    seeHostOut(Act.STOP.host(), 3 * SECOND, 3 * SECOND + TENTH);
    answerAll(PER_SECOND);

    Finding finding = finding(Act.STOP, 0);

    assertTrue(Double.isNaN(finding.restShare()));
    assertFalse(finding.missed().isEmpty());
  }
}
