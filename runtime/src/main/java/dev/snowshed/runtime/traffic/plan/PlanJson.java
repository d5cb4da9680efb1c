package dev.snowshed.runtime.traffic.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.traffic.Plan;
import dev.snowshed.core.traffic.PlanRequest;

/** A plan for programs. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode of(PlanRequest request, Plan plan, KnownCapacities known) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode asked = root.putObject("request");
    asked.put("perSecond", request.perSecond());
    ObjectNode mix = asked.putObject("mix");
    request.mix().forEach(mix::put);
    asked.put("headroom", request.scaling().headroom());
    asked.put("zones", request.zones());
    root.put("instances", plan.instances());
    root.put("hostUtilization", plan.hostUtilization());
    root.putObject("reservation")
        .put("instances", plan.instancesIfOneZoneIsLost())
        .put("perZone", plan.perZone())
        .put("utilizationIfOneZoneIsLost", plan.utilizationIfOneZoneIsLost());
    Unreserved unreserved = Unreserved.of(request, plan);
    ObjectNode without =
        root.putObject("withoutReservation").put("leftIfOneZoneIsLost", unreserved.left());
    if (unreserved.left() == 0) {
      without.putNull("utilizationIfOneZoneIsLost");
    } else {
      without.put("utilizationIfOneZoneIsLost", unreserved.utilization());
    }
    var functions = root.putArray("functions");
    plan.functions()
        .forEach(
            function ->
                functions
                    .addObject()
                    .put("name", function.function())
                    .put("perSecond", function.perSecond())
                    .put("perSecondPerInstance", function.perSecondPerInstance())
                    .put("hostShare", function.hostShare())
                    .put("instancesAlone", function.instancesAlone())
                    .put("limit", function.limit())
                    .put("expectedConcurrency", function.expectedConcurrency()));
    var notes = root.putArray("notes");
    Caveats.of(request, known).forEach(notes::add);
    return root;
  }
}
