package dev.snowshed.runtime.admission;

import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionState;
import dev.snowshed.core.limit.LimitDecision;
import dev.snowshed.runtime.metrics.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Logs decisions about limits on level DEBUG, where they differ from what it saw before. Not safe
 * for concurrent use.
 */
public final class LimitLog {
  private static final Logger LOG = Logger.getLogger(LimitLog.class);

  private final Map<String, LimitDecision> seen = new HashMap<>();

  /** Looks at the present decisions, if anybody wants to read them. */
  public void look(Supplier<AdmissionState> state) {
    if (LOG.isDebugEnabled()) {
      news(state.get()).forEach(LOG::debug);
    }
  }

  /** A line for each function about whose limit something else was decided last. */
  List<String> news(AdmissionState state) {
    seen.keySet().retainAll(state.functions().stream().map(FunctionState::function).toList());
    return state.functions().stream()
        .filter(it -> !Objects.equals(seen.put(it.function(), it.decision()), it.decision()))
        .map(LimitLog::line)
        .toList();
  }

  private static String line(FunctionState state) {
    LimitDecision decision = state.decision();
    return "Function '%s': limit %d, was %d: %s; %d in flight, %d waiting"
        .formatted(
            state.function(),
            decision.newLimit(),
            decision.oldLimit(),
            Labels.of(decision.reason()),
            state.inflight(),
            state.waiting());
  }
}
