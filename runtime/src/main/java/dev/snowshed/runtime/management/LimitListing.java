package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.FunctionState;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.limit.LimitDecision;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.metrics.Labels;
import dev.snowshed.runtime.signals.MachineSignals;

/** Renders what admission knows as JSON. */
final class LimitListing {
  private static final double NANOS_PER_MILLI = 1e6;

  private LimitListing() {}

  static ObjectNode of(AdmissionController controller, Doors doors, MachineSignals signals) {
    AdmissionState state = controller.state(System.nanoTime());
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("mode", Labels.of(state.mode()));
    root.put("draining", controller.isClosed());
    root.put("limit", state.limit());
    root.put("inflight", state.inflight());
    root.put("starting", state.starting());
    root.put("enoughReady", state.enoughReady());
    root.put("waiting", state.waiting());
    root.put("retries", state.retries());
    root.put("bodyBytes", state.bodyBytes());
    machine(root.putObject("machine"), signals);
    var functions = root.putArray("functions");
    for (FunctionState function : state.functions()) {
      ObjectNode node = functions.addObject();
      function(node, function);
      doors
          .find(function.function())
          .ifPresent(door -> rejections(node.putObject("rejections"), door.gate()));
    }
    return root;
  }

  private static void machine(ObjectNode node, MachineSignals signals) {
    node.put("processors", signals.processors());
    node.put("runQueue", signals.runQueueLength());
    node.put("startDelayMillis", signals.startDelayNanos() / NANOS_PER_MILLI);
    node.put("throttledPeriods", signals.throttledPeriods());
    node.put("throttledSeconds", signals.throttledSeconds());
    node.put("cpuPressure", signals.cpuPressure());
    node.put("memoryPressure", signals.heapAfterCollection());
  }

  private static void function(ObjectNode node, FunctionState state) {
    node.put("function", state.function());
    node.put("limit", state.limit());
    node.put("inflight", state.inflight());
    node.put("waiting", state.waiting());
    LimitDecision decision = state.decision();
    node.putObject("decision")
        .put("oldLimit", decision.oldLimit())
        .put("newLimit", decision.newLimit())
        .put("reason", Labels.of(decision.reason()));
    node.put("standing", state.standing());
    node.put("targetMillis", state.targetNanos() / NANOS_PER_MILLI);
    node.put("patienceMillis", state.patienceNanos() / NANOS_PER_MILLI);
    node.put("letInPerSecond", state.letInPerSecond());
    node.put("meanRunMillis", state.meanRunNanos() / NANOS_PER_MILLI);
    node.put("p99RunMillis", state.p99RunNanos() / NANOS_PER_MILLI);
  }

  private static void rejections(ObjectNode node, FunctionGate gate) {
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      for (Criticality criticality : Criticality.values()) {
        long rejected = gate.rejections(reason, criticality);
        if (rejected > 0) {
          node.withObjectProperty(Labels.of(reason)).put(Labels.of(criticality), rejected);
        }
      }
    }
  }
}
