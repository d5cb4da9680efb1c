package dev.snowshed.runtime.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionState;
import dev.snowshed.core.limit.LimitDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitLogTest {
  private final LimitLog log = new LimitLog();

  private static AdmissionState state(FunctionState... functions) {
    return new AdmissionState(
        AdmissionSettings.Mode.ADAPTIVE, 32, 30, 0, 2, 7, 0, 0, List.of(functions));
  }

  private static FunctionState function(String name, LimitDecision decision) {
    return new FunctionState(name, decision.newLimit(), 30, 7, decision, false, 1, 2, 100, 3, 4);
  }

  private static LimitDecision decision(int from, int to, LimitDecision.Reason reason) {
    return new LimitDecision(from, to, reason);
  }

  @Test
  void tellsEachDecisionOnceAndWhy() {
    LimitDecision first = decision(32, 32, LimitDecision.Reason.INITIAL);
    LimitDecision second = decision(32, 16, LimitDecision.Reason.RUN_QUEUE);

    assertEquals(
        List.of(
            "Function 'quote': limit 32, was 32: initial; 30 in flight, 7 waiting",
            "Function 'slow': limit 32, was 32: initial; 30 in flight, 7 waiting"),
        log.news(state(function("quote", first), function("slow", first))));
    assertEquals(
        List.of("Function 'slow': limit 16, was 32: run-queue; 30 in flight, 7 waiting"),
        log.news(state(function("quote", first), function("slow", second))));
    assertEquals(List.of(), log.news(state(function("quote", first), function("slow", second))));
  }

  @Test
  void beginsAnewWithAFunctionThatComesBack() {
    AdmissionState with = state(function("quote", decision(8, 9, LimitDecision.Reason.GROWING)));

    assertEquals(1, log.news(with).size());
    assertEquals(0, log.news(state()).size());
    assertEquals(1, log.news(with).size());
  }
}
