package dev.snowshed.runtime.traffic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.admission.Criticality;
import dev.snowshed.core.traffic.Demand;
import dev.snowshed.core.traffic.Estimate;
import dev.snowshed.core.traffic.Fit;
import dev.snowshed.core.traffic.FunctionTraffic;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.runtime.metrics.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Renders what the traffic model knows as JSON. What is not known is null. */
final class TrafficListing {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private TrafficListing() {}

  /**
   * All of it.
   *
   * @param id of the host
   */
  static ObjectNode of(String id, TrafficSnapshot snapshot) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", id);
    var functions = root.putArray("functions");
    snapshot.functions().forEach(function -> function(functions.addObject(), function));
    number(root.putObject("host"), "utilization", snapshot.hostUtilization());
    return root;
  }

  private static void function(ObjectNode node, FunctionTraffic function) {
    node.put("name", function.function());
    estimate(node, "safeConcurrency", function.safeConcurrency(), 1);
    estimate(node, "safeThroughput", function.safeThroughput(), 1);
    estimate(node, "latencyAtSafeMillis", function.latencyAtSafeNanos(), NANOS_PER_MILLI);
    node.put("unknownBecause", function.refusal().orElse(null));
    node.put("bottleneck", Labels.of(function.bottleneck()));
    demand(node.putObject("demand"), function.demand());
    forecasts(node, function);
    number(node, "utilization", function.utilization());
    number(node, "headroom", function.headroom());
    number(node, "inMixPerSecond", function.inMixPerSecond());
    estimate(node, "costHostSeconds", function.costHostSeconds(), 1);
    fit(node.putObject("fit"), function.fit());
    var curve = node.putArray("curve");
    function
        .curve()
        .forEach(
            point ->
                curve
                    .addObject()
                    .put("concurrency", point.concurrency())
                    .put("perSecond", point.throughput())
                    .put("latencyMillis", point.latencyNanos() / NANOS_PER_MILLI));
  }

  private static void estimate(
      ObjectNode node, String name, Optional<Estimate> estimate, double unit) {
    estimate.ifPresentOrElse(
        it ->
            node.putObject(name)
                .put("value", it.value() / unit)
                .put("low", it.low() / unit)
                .put("high", it.high() / unit)
                .put("ageSeconds", it.ageNanos() / NANOS_PER_SECOND)
                .put("source", Labels.of(it.source())),
        () -> node.putNull(name));
  }

  private static void demand(ObjectNode node, Demand demand) {
    node.put("offeredPerSecond", demand.offeredPerSecond());
    node.put("offeredConcurrency", demand.offeredConcurrency());
    node.put("refusedPerSecond", demand.refusedPerSecond());
    node.put("retriesPerSecond", demand.retriesPerSecond());
    levels(node.putObject("byCriticality"), demand.byCriticality());
    levels(node.putObject("concurrencyByCriticality"), demand.concurrencyByCriticality());
  }

  private static void levels(ObjectNode node, Map<Criticality, Double> levels) {
    levels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(level -> node.put(Labels.of(level.getKey()), level.getValue()));
  }

  private static void forecasts(ObjectNode node, FunctionTraffic function) {
    var forecasts = node.putArray("forecast");
    function
        .forecasts()
        .forEach(
            forecast ->
                forecasts
                    .addObject()
                    .put("inSeconds", forecast.inNanos() / NANOS_PER_SECOND)
                    .put("perSecond", forecast.perSecond())
                    .put("low", forecast.low())
                    .put("high", forecast.high()));
  }

  private static void fit(ObjectNode node, Fit fit) {
    node.put("kind", Labels.of(fit.kind()));
    if (fit.kind() == Fit.Kind.USL) {
      node.put("lambda", fit.lambda()).put("sigma", fit.sigma()).put("kappa", fit.kappa());
    }
  }

  private static void number(ObjectNode node, String name, OptionalDouble number) {
    if (number.isPresent()) {
      node.put(name, number.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
