package dev.snowshed.runtime.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.lifecycle.Cause;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Tickets;
import dev.snowshed.core.lifecycle.Transition;
import dev.snowshed.runtime.fleet.FleetView;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Renders the host's life as JSON. Times are relative, for the clocks of hosts differ. Other hosts
 * read this too: see {@link dev.snowshed.runtime.fleet}.
 */
final class LifecycleListing {
  private LifecycleListing() {}

  static ObjectNode of(LifecycleStatus status, FleetView fleet, long nowNanos) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", fleet.ownId());
    root.put("state", status.state().name());
    root.put("sinceMillis", millis(nowNanos - status.sinceNanos()));
    root.put("ready", status.isReady());
    root.put("weight", status.weight());
    ArrayNode causes = root.putArray("causes");
    status.causes().forEach(cause -> cause(causes.addObject(), cause, nowNanos));
    root.put("heldIn", status.heldIn().orElse(null));
    optional(root, "wantsOutForMillis", elapsed(status.wantsOutSinceNanos(), nowNanos));
    tickets(root, fleet.budget().tickets());
    fleet(root.putObject("fleet"), fleet);
    ArrayNode recent = root.putArray("recent");
    status.recent().forEach(step -> transition(recent.addObject(), step, nowNanos));
    return root;
  }

  private static void cause(ObjectNode node, Cause cause, long nowNanos) {
    node.put("kind", cause.kind().label());
    node.put("evidence", cause.evidence());
    node.put("forMillis", millis(nowNanos - cause.sinceNanos()));
  }

  private static void fleet(ObjectNode node, FleetView fleet) {
    node.put("view", fleet.kind());
    ArrayNode members = node.putArray("members");
    for (Member member : fleet.members()) {
      ObjectNode each = members.addObject();
      each.put("id", member.id());
      each.put("ready", member.ready());
      tickets(each, member.tickets());
      optional(each, "ageMillis", age(member));
    }
  }

  private static OptionalLong age(Member member) {
    return member.ageMillis() < 0 ? OptionalLong.empty() : OptionalLong.of(member.ageMillis());
  }

  private static void tickets(ObjectNode node, Tickets tickets) {
    optional(node, "ticket", tickets.own());
    node.put("heardTicket", tickets.heard());
  }

  private static void transition(ObjectNode node, Transition step, long nowNanos) {
    node.put("from", step.from().name());
    node.put("to", step.to().name());
    node.put("agoMillis", millis(nowNanos - step.atNanos()));
    node.put("cause", step.cause());
  }

  private static OptionalLong elapsed(OptionalLong sinceNanos, long nowNanos) {
    return sinceNanos.isEmpty()
        ? sinceNanos
        : OptionalLong.of(millis(nowNanos - sinceNanos.getAsLong()));
  }

  private static void optional(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    } else {
      node.putNull(name);
    }
  }

  private static long millis(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
