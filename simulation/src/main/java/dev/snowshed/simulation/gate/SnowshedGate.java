package dev.snowshed.simulation.gate;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionRequest;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.FunctionCounters;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.HostSignals;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.admission.Ticket;
import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import java.util.List;
import java.util.SplittableRandom;

/** The host's own controller, as the host wires it, in a simulated host. */
public final class SnowshedGate implements Gate {
  private static final long TICK_NANOS = 5_000_000;

  private final HostView host;
  private final AdmissionController controller;
  private final List<FunctionGate> functions;
  private long tickedAt;

  private SnowshedGate(Scenario scenario, HostView host, AdmissionSettings settings, long seed) {
    this.host = host;
    this.controller = new AdmissionController(settings, new Signals(), new SplittableRandom(seed));
    this.functions =
        scenario.functions().stream().map(FunctionLoad::name).map(controller::open).toList();
  }

  /** Makes gates with settings. */
  public static GateFactory with(AdmissionSettings settings) {
    return (scenario, host, seed) -> create(scenario, host, settings, seed);
  }

  /** Makes one. */
  public static SnowshedGate create(
      Scenario scenario, HostView host, AdmissionSettings settings, long seed) {
    return new SnowshedGate(scenario, host, settings, seed);
  }

  /** What its functions' gates have counted. */
  public List<FunctionCounters> counters() {
    return controller.counters();
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    return switch (functions.get(job.function()).admit(new Request(job), nowNanos)) {
      case Permit permit -> {
        job.attach(permit);
        yield Verdict.ADMIT;
      }
      case Ticket ticket -> {
        job.attach(ticket);
        yield Verdict.QUEUE;
      }
      case Rejection _ -> Verdict.REJECT;
    };
  }

  @Override
  public void started(Job job, long nowNanos) {
    ((Permit) job.attachment()).started(nowNanos);
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    Permit permit = (Permit) job.attachment();
    permit.waitedDownstream(job.downstreamNanos());
    boolean late = dropped || nowNanos > job.deadlineNanos();
    boolean _ = permit.end(late ? Permit.Outcome.DROPPED : Permit.Outcome.SUCCESS, nowNanos);
  }

  @Override
  public void cancelled(Job job, long nowNanos) {
    boolean _ = ((Ticket) job.attachment()).cancel(nowNanos);
  }

  @Override
  public void tick(long nowNanos) {
    tickedAt = nowNanos;
    controller.tick(nowNanos);
  }

  @Override
  public long tickNanos() {
    return TICK_NANOS;
  }

  @Override
  public int limit() {
    return controller.limit();
  }

  /** A job as the controller sees it. */
  private final class Request implements AdmissionRequest {
    private final Job job;

    Request(Job job) {
      this.job = job;
    }

    @Override
    public long deadlineNanos() {
      return job.deadlineNanos();
    }

    @Override
    public boolean isRetry() {
      return job.attempt() > 0;
    }

    @Override
    public void admitted(Permit permit) {
      job.attach(permit);
      host.admit(job);
    }

    @Override
    public void rejected(Rejection rejection) {
      host.reject(job);
    }
  }

  /** What the host shows of its machine. */
  private final class Signals implements HostSignals {
    @Override
    public int runQueueLength() {
      return host.runQueueLength();
    }

    @Override
    public double processors() {
      return host.cores();
    }

    @Override
    public double processorNanos() {
      return host.busyNanos(tickedAt);
    }
  }
}
