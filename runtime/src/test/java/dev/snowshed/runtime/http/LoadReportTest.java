package dev.snowshed.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.Admission;
import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionRequest;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.admission.Ticket;
import dev.snowshed.core.lifecycle.LifecycleState;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final long SECOND = 1_000_000_000;

  private final AdmissionController controller =
      new AdmissionController(
          new AdmissionSettings(AdmissionSettings.Mode.ADAPTIVE, 4, 0.2, 3, 100, 0.2, 1000, 4),
          () -> 2,
          new Random(1));

  private final FunctionGate gate = controller.open("f");
  private LifecycleStatus life = in(LifecycleState.READY, 1);
  private final LoadReport report = new LoadReport(controller, () -> life);

  @Test
  void isTheShareOfTheLimitThatIsInFlight() {
    report.tick(0);
    assertEquals("0.01", utilization(false), "never 0: that would not count");
    admit(3);
    assertEquals("0.75", utilization(false));
    admit(1);
    assertEquals("1.00", utilization(false));
  }

  @Test
  void isAboveOneWhileSomeWait() {
    report.tick(0);
    admit(4);
    assertInstanceOf(Ticket.class, ask());
    assertEquals("1.25", utilization(false));
  }

  @Test
  void isNeverBelowOneForARefusalOrWhileTheHostDrains() {
    report.tick(0);
    assertEquals("1.00", utilization(true));
    life = in(LifecycleState.EJECTED, 0);
    assertEquals("1.00", utilization(false));
    assertFalse(report.isLeaving());
    life = in(LifecycleState.DRAINING, 0);
    assertTrue(report.isLeaving());
    assertEquals("1.00", utilization(false));
  }

  @Test
  void makesAHostInItsSlowStartLookBusy() {
    report.tick(0);
    admit(1);
    assertEquals("0.25", utilization(false));
    life = in(LifecycleState.RECOVERING, 0.1);
    assertEquals("2.50", utilization(false));
  }

  private static LifecycleStatus in(LifecycleState state, double weight) {
    return new LifecycleStatus(
        state, 0, List.of(), weight, Optional.empty(), OptionalLong.empty(), List.of());
  }

  @Test
  void countsCallsThatHaveRun() {
    report.tick(0);
    for (int second = 1; second <= 20; second++) {
      IntStream.range(0, 50).forEach(_ -> report.ran());
      report.failed();
      report.tick(second * SECOND);
    }
    assertEquals(
        "TEXT application_utilization=0.01,rps_fractional=50.000,eps=1.000",
        report.value(false).toString());
  }

  @Test
  void spreadsRetryAfterOverWholeSeconds() {
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      int[] seconds =
          IntStream.range(0, 300).map(_ -> seconds(reason, Duration.ofMillis(1500))).toArray();
      assertEquals(1, IntStream.of(seconds).min().orElseThrow());
      assertEquals(2, IntStream.of(seconds).max().orElseThrow());
    }
    assertEquals(1, seconds(Rejection.Reason.MEMORY, Duration.ofNanos(1)));
    assertEquals(60, seconds(Rejection.Reason.MEMORY, Duration.ofHours(1)));
  }

  private static int seconds(Rejection.Reason reason, Duration retryAfter) {
    Answer.Complete answer = Overload.answerTo(reason).answer(retryAfter, "id-1");
    assertEquals(true, answer.body().toString().endsWith(",\"requestId\":\"id-1\"}"));
    return Integer.parseInt(
        answer.headers().getOrDefault("Retry-After", java.util.List.of()).getFirst());
  }

  private String utilization(boolean refused) {
    return report.value(refused).toString().replaceAll(".*=(\\d+\\.\\d\\d),rps.*", "$1");
  }

  private void admit(int count) {
    for (int i = 0; i < count; i++) {
      assertInstanceOf(Permit.class, ask()).started(1);
    }
  }

  private Admission ask() {
    return gate.admit(new Ask(), 1);
  }

  private static final class Ask implements AdmissionRequest {
    @Override
    public long deadlineNanos() {
      return 10 * SECOND;
    }

    @Override
    public void admitted(Permit permit) {}

    @Override
    public void rejected(Rejection rejection) {}
  }
}
