package dev.snowshed.concurrency;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.AdmissionSettings.Mode;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.HostSignals;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Permit.Outcome;
import java.util.SplittableRandom;

/** A host in which one request may run at a time. */
final class Host {
  static final long NOW = 1_000_000_000;

  private static final AdmissionSettings ONE =
      new AdmissionSettings(Mode.ADAPTIVE, 1, 0.25, 2, 100, 0.2, Long.MAX_VALUE, 1);
  private static final HostSignals QUIET = () -> 2;

  final AdmissionController controller =
      new AdmissionController(ONE, QUIET, new SplittableRandom(1));
  final FunctionGate gate = controller.open("f");

  /** One that has been admitted and not started. */
  Permit admitted() {
    return new Caller().ask(gate).permit();
  }

  /** One that runs. */
  Permit running() {
    Permit permit = admitted();
    permit.started(NOW);
    return permit;
  }

  static boolean end(Permit permit) {
    return permit.end(Outcome.SUCCESS, NOW + 10);
  }

  /** In flight, starting, waiting. */
  String counts() {
    AdmissionState state = controller.state(NOW);
    return state.inflight() + "/" + state.starting() + "/" + state.waiting();
  }
}
