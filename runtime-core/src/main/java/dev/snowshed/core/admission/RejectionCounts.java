package dev.snowshed.core.admission;

import dev.snowshed.core.admission.Rejection.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often requests were refused, by reason and criticality. Safe for concurrent use. */
final class RejectionCounts {
  private final Map<Reason, Map<Criticality, LongAdder>> counts = new EnumMap<>(Reason.class);

  RejectionCounts() {
    for (Reason reason : Reason.values()) {
      Map<Criticality, LongAdder> levels = new EnumMap<>(Criticality.class);
      for (Criticality criticality : Criticality.values()) {
        levels.put(criticality, new LongAdder());
      }
      counts.put(reason, levels);
    }
  }

  void count(Reason reason, Criticality criticality) {
    of(reason, criticality).increment();
  }

  long sum(Reason reason, Criticality criticality) {
    return of(reason, criticality).sum();
  }

  @SuppressWarnings("NullAway") // every key is there from the start
  private LongAdder of(Reason reason, Criticality criticality) {
    return counts.get(reason).get(criticality);
  }
}
