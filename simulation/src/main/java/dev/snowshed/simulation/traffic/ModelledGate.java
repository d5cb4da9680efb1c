package dev.snowshed.simulation.traffic;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.traffic.HostCounters;
import dev.snowshed.core.traffic.TrafficModel;
import dev.snowshed.core.traffic.TrafficSnapshot;
import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.gate.SnowshedGate;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's own controller with its traffic model, as the host wires them. */
public final class ModelledGate implements Gate {
  private static final long SECOND = 1_000_000_000;

  private final SnowshedGate gate;
  private final TrafficModel model;
  private final @Nullable Consumer<TrafficSnapshot> each;
  private long saidAt;

  private ModelledGate(
      Scenario scenario, HostView host, long seed, @Nullable Consumer<TrafficSnapshot> each) {
    SnowshedGate made = SnowshedGate.create(scenario, host, AdmissionSettings.DEFAULTS, seed);
    this.gate = made;
    this.model =
        new TrafficModel(
            now -> new HostCounters(host.busyNanos(now), host.cores(), made.counters()));
    this.each = each;
  }

  /**
   * Makes such gates.
   *
   * @param each gets what the model knows, once a second
   */
  public static GateFactory with(Consumer<TrafficSnapshot> each) {
    return (scenario, host, seed) -> new ModelledGate(scenario, host, seed, each);
  }

  /** Makes one that is asked. */
  public static ModelledGate create(Scenario scenario, HostView host, long seed) {
    return new ModelledGate(scenario, host, seed, null);
  }

  /** What the model knows now. */
  public TrafficSnapshot snapshot() {
    return model.snapshot();
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    return gate.arrive(job, nowNanos);
  }

  @Override
  public void started(Job job, long nowNanos) {
    gate.started(job, nowNanos);
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    gate.ended(job, nowNanos, dropped);
  }

  @Override
  public void cancelled(Job job, long nowNanos) {
    gate.cancelled(job, nowNanos);
  }

  @Override
  public void tick(long nowNanos) {
    gate.tick(nowNanos);
    model.tick(nowNanos);
    if (each != null && nowNanos - saidAt >= SECOND) {
      saidAt = nowNanos;
      each.accept(model.snapshot());
    }
  }

  @Override
  public long tickNanos() {
    return gate.tickNanos();
  }

  @Override
  public int limit() {
    return gate.limit();
  }
}
