package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.Call;
import dev.snowshed.simulation.engine.Downstream;
import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Source;
import dev.snowshed.simulation.engine.Timeline;
import dev.snowshed.simulation.scenario.CostFactor;
import dev.snowshed.simulation.scenario.FunctionLoad;
import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.scenario.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a fleet in virtual time: hosts, the balancer in front of them, and clients. Hosts can
 * be added and taken away while it runs.
 *
 * <p>The same seed brings the same requests and costs whatever the policy does, so that policies
 * are compared on equal terms. Not safe for concurrent use.
 */
public final class Fleet implements Fellows {
  private static final long MILLI = 1_000_000;
  private static final long SAMPLE_NANOS = 100 * MILLI;
  private static final long TICK_NANOS = 250 * MILLI;
  private static final long POLL_NANOS = 100 * MILLI;

  /** How long a host may take to finish what is under way when it stops. */
  private static final long DRAIN_NANOS = 30_000 * MILLI;

  /** What a budget saves up, in seconds of its share. */
  private static final double BUDGET_SECONDS = 10;

  private final Timeline timeline = new Timeline();
  private final FleetScenario scenario;
  private final Policy policy;
  private final FleetTally tally;
  private final Balancer balancer;
  private final Health[] health;
  private final @Nullable HostProcess[] processes;
  private final boolean[] silent;
  private final Source[] sources;
  private final RetryBudget budget;
  private final SplittableRandom habits;
  private final SplittableRandom processSeeds;
  private final Downstream dependency;
  private final int initialHosts;
  private long attempts;
  private long answered;

  Fleet(FleetScenario scenario, Policy policy, long seed, FleetTally tally) {
    this(scenario, policy, scenario.hosts(), new Dependency(scenario.incidents()), seed, tally);
  }

  /**
   * A fleet that begins with some of its hosts.
   *
   * @param scenario what befalls it; {@link FleetScenario#hosts} is the most it can have
   * @param policy how it is run
   * @param initialHosts how many serve when the run begins
   * @param dependency what its functions wait for
   * @param seed of all chance
   * @param tally counts what happens
   */
  public Fleet(
      FleetScenario scenario,
      Policy policy,
      int initialHosts,
      Downstream dependency,
      long seed,
      FleetTally tally) {
    this.initialHosts = initialHosts;
    this.scenario = scenario;
    this.policy = policy;
    this.tally = tally;
    this.balancer = new Balancer(policy.balancing(), scenario.hosts());
    this.health =
        IntStream.range(0, scenario.hosts())
            .mapToObj(i -> new Health(policy.checks()))
            .toArray(Health[]::new);
    this.processes = new HostProcess[scenario.hosts()];
    this.silent = new boolean[scenario.hosts()];
    SplittableRandom seeds = new SplittableRandom(seed);
    List<FunctionLoad> functions = scenario.host().functions();
    this.sources = new Source[functions.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Source(i, functions.get(i), seeds);
    }
    this.habits = seeds.split();
    this.processSeeds = seeds.split();
    this.dependency = dependency;
    double share = scenario.clients().budgetShare();
    this.budget = new RetryBudget(share, share * BUDGET_SECONDS * demand(0));
  }

  /** Plays the whole scenario. */
  public void run() {
    for (int i = 0; i < sources.length; i++) {
      scheduleArrival(i);
    }
    for (int host = 0; host < processes.length; host++) {
      if (host < initialHosts) {
        begin(host);
      } else {
        goneFromBalancer(host);
      }
      watch(host);
    }
    scenario.incidents().forEach(this::schedule);
    timeline.at(SAMPLE_NANOS, this::sample);
    timeline.runUntil(scenario.durationNanos());
  }

  /** The present. */
  public long now() {
    return timeline.now();
  }

  /** Lets something happen at a time, which must not be in the past. */
  public void at(long nanos, Runnable event) {
    timeline.at(nanos, event);
  }

  /** How many attempts have come to the balancer, whatever became of them. */
  public long attempts() {
    return attempts;
  }

  /** How many of them have been answered in time. */
  public long answered() {
    return answered;
  }

  // clients

  private void scheduleArrival(int function) {
    long next = sources[function].nextArrival(now());
    if (next <= scenario.durationNanos()) {
      timeline.at(next, () -> arrival(function));
    }
  }

  private void arrival(int function) {
    Call call = sources[function].draw(now());
    scheduleArrival(function);
    Clients clients = scenario.clients();
    boolean retries = habits.nextDouble() < clients.retryingShare();
    budget.requested();
    tally.requested(isServable(scenario.host().functions().get(function)), now());
    attempt(new Request(call, retries ? clients.retries() : 0), 0);
  }

  private void attempt(Request request, int number) {
    Attempt attempt = new Attempt(this, request, number, now());
    tally.attempted(now());
    attempts++;
    timeline.at(now() + scenario.clients().timeoutNanos(), () -> timeout(attempt));
    dispatch(attempt);
  }

  private void timeout(Attempt attempt) {
    attempt.release(balancer);
    if (!attempt.isOver() && attempt.isUnheard()) {
      tally.lost(now());
    }
    hearsFailure(attempt);
  }

  private void hearsFailure(Attempt attempt) {
    if (attempt.isOver()) {
      return;
    }
    attempt.over();
    Request request = attempt.request();
    if (attempt.number() < request.retries() && budget.takesRetry()) {
      long backoff = sources[request.call().function()].backoffNanos(scenario.clients().backoff());
      timeline.at(now() + backoff, () -> attempt(request, attempt.number() + 1));
    }
  }

  // the balancer

  private void dispatch(Attempt attempt) {
    int host = balancer.pick(attempt.tried());
    if (host == Balancer.NONE) {
      tally.homeless(now());
      hearsFailure(attempt);
      return;
    }
    attempt.sentTo(host, balancer.backend(host));
    HostProcess process = processes[host];
    if (silent[host]) {
      return;
    }
    if (process == null || !process.isListening()) {
      timeline.at(now() + MILLI, () -> connectionRefused(attempt, host));
      return;
    }
    Call call = attempt.request().call();
    long deadline = now() + scenario.host().functions().get(call.function()).deadlineNanos();
    attempt.heardBy(process, new Job(call, attempt.number(), now(), deadline, attempt));
  }

  private void connectionRefused(Attempt attempt, int host) {
    attempt.release(balancer);
    if (attempt.tried().size() < policy.redispatches()) {
      attempt.tried().add(host);
      dispatch(attempt);
    } else {
      tally.lost(now());
      hearsFailure(attempt);
    }
  }

  void refused(Attempt attempt) {
    attempt.release(balancer);
    tally.refused(now());
    hearsFailure(attempt);
  }

  void failed(Attempt attempt) {
    attempt.release(balancer);
    hearsFailure(attempt);
  }

  void completed(Attempt attempt, Job job) {
    attempt.release(balancer);
    Call call = attempt.request().call();
    if (!attempt.isOver() && !call.isDone() && now() <= job.deadlineNanos()) {
      attempt.over();
      call.answered();
      answered++;
      tally.served(now());
    } else {
      hearsFailure(attempt);
    }
  }

  private void probe(int host) {
    Checks checks = policy.checks();
    timeline.at(now() + checks.periodNanos(), () -> probe(host));
    if (silent[host]) {
      timeline.at(now() + checks.timeoutNanos(), () -> probed(host, false));
    } else {
      probed(host, answering(host).map(process -> process.keeper().isReady(now())).orElse(false));
    }
  }

  private void probed(int host, boolean good) {
    if (health[host].probed(good)) {
      later(() -> balancer.backend(host).healthy(good));
    }
  }

  private void report(int host) {
    timeline.at(now() + policy.reportNanos(), () -> report(host));
    answering(host)
        .ifPresent(
            process -> {
              Report report = process.keeper().report(now());
              later(() -> balancer.backend(host).reported(report));
            });
  }

  /** Once it has reached the balancer. */
  private void later(Runnable news) {
    timeline.at(now() + policy.checks().propagationNanos(), news);
  }

  // the hosts

  @Override
  public int hosts() {
    return processes.length;
  }

  /** The process of a host, however far it is; empty if it has none. */
  public Optional<HostProcess> process(int host) {
    return Optional.ofNullable(processes[host]);
  }

  /** Whether the balancer sends traffic to a host. */
  public boolean isInRotation(int host) {
    return balancer.backend(host).isUp();
  }

  /** Starts a process for a host that has none. */
  public void launch(int host) {
    start(host);
  }

  /**
   * Takes a host away: its process is told to stop, and ends when it has nothing under way.
   *
   * @param gone is told when it has ended
   */
  public void remove(int host, Runnable gone) {
    HostProcess process = processes[host];
    if (process == null) {
      gone.run();
    } else {
      retire(
          process,
          () -> {
            goneFromBalancer(host);
            gone.run();
          });
    }
  }

  private void goneFromBalancer(int host) {
    health[host].reset();
    balancer.backend(host).healthy(false);
  }

  @Override
  public Optional<HostProcess> answering(int host) {
    HostProcess process = processes[host];
    return process == null || silent[host] || !process.isListening()
        ? Optional.empty()
        : Optional.of(process);
  }

  private void begin(int host) {
    HostProcess process = create(host, costs(host));
    process.listen(now());
    process.keeper().warmed(now());
  }

  /** Begins to probe a host and to ask it for reports. */
  private void watch(int host) {
    timeline.at(phase(policy.checks().periodNanos(), host), () -> probe(host));
    if (policy.reportNanos() > 0) {
      timeline.at(phase(policy.reportNanos(), host), () -> report(host));
    }
  }

  /** Hosts are probed one after the other. */
  private long phase(long periodNanos, int host) {
    return 1 + periodNanos * host / processes.length;
  }

  private void start(int host) {
    silent[host] = false;
    if (policy.unlists()) {
      health[host].reset();
      balancer.backend(host).healthy(false);
      balancer.backend(host).listed(true);
    }
    HostProcess process = create(host, Startup.cost(now()));
    timeline.at(now() + Startup.LOAD_NANOS, () -> process.listen(now()));
    timeline.at(
        now() + Startup.LOAD_NANOS + Startup.WARM_UP_NANOS, () -> process.keeper().warmed(now()));
  }

  private HostProcess create(int host, Schedule<CostFactor> costs) {
    Scenario load = scenario.host();
    Scenario own =
        new Scenario(
            load.name(),
            load.title(),
            load.durationNanos(),
            load.scoreFromNanos(),
            load.scoreUntilNanos(),
            load.cores(),
            costs,
            load.stalls(),
            load.functions());
    HostProcess process =
        new HostProcess(
            host, timeline, own, dependency, policy, this::gcShare, this, processSeeds.nextLong());
    processes[host] = process;
    timeline.at(now() + TICK_NANOS, () -> tick(process));
    return process;
  }

  private void tick(HostProcess process) {
    if (processes[process.index()] == process) {
      process.keeper().tick(now());
      timeline.at(now() + TICK_NANOS, () -> tick(process));
    }
  }

  private void kill(int host, boolean quietly) {
    HostProcess process = processes[host];
    processes[host] = null;
    silent[host] = quietly;
    if (process == null) {
      return;
    }
    for (Attempt attempt : List.copyOf(process.kill())) {
      if (quietly) {
        attempt.silenced();
      } else {
        cut(attempt);
      }
    }
  }

  private void cut(Attempt attempt) {
    attempt.release(balancer);
    if (!attempt.isOver()) {
      tally.lost(now());
    }
    hearsFailure(attempt);
  }

  // incidents

  private void schedule(Incident incident) {
    switch (incident) {
      case Incident.Death death -> {
        timeline.at(
            death.atNanos(), () -> death.hosts().forEach(host -> kill(host, death.silent())));
        timeline.at(death.backNanos(), () -> death.hosts().forEach(this::start));
      }
      case Incident.Rolling rolling ->
          timeline.at(rolling.fromNanos(), () -> roll(0, rolling.atOnce()));
      case Incident.Slow _, Incident.DependencyFails _, Incident.MemorySpiral _ -> {}
    }
  }

  private void roll(int first, int atOnce) {
    if (first >= processes.length) {
      return;
    }
    List<HostProcess> old = new ArrayList<>();
    for (int host = first; host < Math.min(processes.length, first + atOnce); host++) {
      HostProcess process = processes[host];
      if (process != null) {
        old.add(process);
        retire(process, () -> start(process.index()));
      }
    }
    timeline.at(now() + POLL_NANOS, () -> rollOn(old, first + atOnce, atOnce));
  }

  private void rollOn(List<HostProcess> old, int next, int atOnce) {
    if (old.stream().allMatch(this::isReplaced)) {
      roll(next, atOnce);
    } else {
      timeline.at(now() + POLL_NANOS, () -> rollOn(old, next, atOnce));
    }
  }

  private boolean isReplaced(HostProcess old) {
    HostProcess now = processes[old.index()];
    return now != old && now != null && now.isListening() && balancer.backend(old.index()).isUp();
  }

  private void retire(HostProcess process, Runnable gone) {
    process.drain(now());
    if (policy.unlists()) {
      later(() -> balancer.backend(process.index()).listed(false));
    }
    timeline.at(now() + policy.announceNanos(), () -> finish(process, gone));
  }

  private void finish(HostProcess process, Runnable gone) {
    if (policy.drains()) {
      process.refuseNew();
    } else {
      process.stopListening();
    }
    exitWhenIdle(process, now() + DRAIN_NANOS, gone);
  }

  private void exitWhenIdle(HostProcess process, long deadlineNanos, Runnable gone) {
    if (process.isIdle() || now() >= deadlineNanos) {
      kill(process.index(), false);
      gone.run();
    } else {
      timeline.at(now() + POLL_NANOS, () -> exitWhenIdle(process, deadlineNanos, gone));
    }
  }

  private Schedule<CostFactor> costs(int host) {
    for (Incident incident : scenario.incidents()) {
      if (incident instanceof Incident.Slow slow && slow.hosts().contains(host)) {
        return during(slow.fromNanos(), slow.untilNanos(), slow.factor());
      }
      if (incident instanceof Incident.MemorySpiral spiral) {
        return during(spiral.fromNanos(), spiral.untilNanos(), 1 / (1 - spiral.gcShare()));
      }
    }
    return Schedule.always(factor(1));
  }

  private double gcShare(long nowNanos) {
    for (Incident incident : scenario.incidents()) {
      if (incident instanceof Incident.MemorySpiral spiral
          && nowNanos >= spiral.fromNanos()
          && nowNanos < spiral.untilNanos()) {
        return spiral.gcShare();
      }
    }
    return 0;
  }

  private static Schedule<CostFactor> during(long fromNanos, long untilNanos, double cost) {
    return new Schedule<>(
        List.of(
            new Schedule.Step<>(0, factor(1)),
            new Schedule.Step<>(fromNanos, factor(cost)),
            new Schedule.Step<>(untilNanos, factor(1))),
        0);
  }

  private static CostFactor factor(double cost) {
    return new CostFactor(cost, cost, 0, 0);
  }

  // what is measured

  private void sample() {
    tally.sampled(now(), capacity() * SAMPLE_NANOS / 1e9, balancer.readyShare(), aliveShare());
    timeline.at(now() + SAMPLE_NANOS, this::sample);
  }

  /** Requests per second. */
  private double demand(long nowNanos) {
    return scenario.host().functions().stream()
        .mapToDouble(load -> load.arrivals().at(nowNanos))
        .sum();
  }

  private boolean isServable(FunctionLoad load) {
    return load.downstream().at(now()).mean() == 0
        || Dependency.failing(scenario.incidents(), now()).isEmpty();
  }

  /** Requests per second that the hosts which are left can compute. */
  private double capacity() {
    double cores = 0;
    for (HostProcess process : processes) {
      cores += process == null ? 0 : process.capacity(now());
    }
    return cores * 1e9 / scenario.host().functions().getFirst().cpu().at(now()).mean();
  }

  private double aliveShare() {
    int alive = 0;
    for (HostProcess process : processes) {
      alive += process != null && process.capacity(now()) > 0 ? 1 : 0;
    }
    return (double) alive / processes.length;
  }
}
