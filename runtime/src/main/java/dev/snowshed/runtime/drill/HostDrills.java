package dev.snowshed.runtime.drill;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.runtime.dependency.Drills;
import dev.snowshed.runtime.dependency.Injections;
import dev.snowshed.runtime.drill.Drill.State;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The drills of a host, of which one can run at a time. Safe for concurrent use. */
public final class HostDrills implements Drills, AutoCloseable {
  private static final int KEPT = 16;
  private static final int ID_BYTES = 8;

  private final Subjects subjects;
  private final Supplier<URI> port;
  private final Function<String, Optional<DrillRequest>> warmUp;
  private final SecureRandom ids = new SecureRandom();

  // Guarded by this; the latest last.
  private final Deque<Drill> drills = new ArrayDeque<>();
  private @Nullable DrillRun run;

  private volatile @Nullable Drill current;

  /**
   * The drills of a host.
   *
   * @param subjects what can be drilled
   * @param port where this host reaches its own function port
   * @param warmUp the warm-up request of a function, if there is one
   */
  public HostDrills(
      Subjects subjects, Supplier<URI> port, Function<String, Optional<DrillRequest>> warmUp) {
    this.subjects = subjects;
    this.port = port;
    this.warmUp = warmUp;
  }

  @Override
  public @Nullable Injections of(String headerValue, String function) {
    Drill drill = current;
    int semicolon = headerValue.indexOf(';');
    if (drill == null
        || semicolon < 0
        || !headerValue.substring(0, semicolon).equals(drill.id())
        || !function.equals(drill.order().function())
        || !drill.isRunning(System.nanoTime())) {
      return null;
    }
    try {
      return drill.mark(Integer.parseInt(headerValue.substring(semicolon + 1).strip()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Begins a drill.
   *
   * @throws DrillProblem if it cannot
   */
  synchronized Drill begin(DrillOrder order) throws DrillProblem {
    refuseWhileRunning();
    Subjects.Subject subject =
        subjects
            .find(order.function())
            .orElseThrow(
                () ->
                    new DrillProblem(
                        404,
                        "no-such-function",
                        "There is no function '" + order.function() + "' on this host."));
    List<DrillRequest> requests = requests(order);
    Drill drill = new Drill(newId(), order.with(requests), subject, System.nanoTime());
    if (!drill.askedInVain().isEmpty()) {
      throw new DrillProblem(422, "out-of-reach", OutOfReach.told(drill.askedInVain()));
    }
    if (requests.isEmpty() && !drill.plan(RandomGenerator.of("L64X128MixRandom"))) {
      throw new DrillProblem(
          422,
          "no-dependencies",
          "The function declares no dependency and has called none: name them in"
              + " \"dependencies\"."
              + OutOfReach.hint(drill.outOfReach()));
    }
    keep(drill);
    if (!requests.isEmpty()) {
      start(drill, requests);
    }
    return drill;
  }

  private void refuseWhileRunning() throws DrillProblem {
    Drill drill = current;
    if (drill != null && drill.isRunning(System.nanoTime())) {
      throw new DrillProblem(
          409,
          "drill-running",
          "Drill "
              + drill.id()
              + " of '"
              + drill.order().function()
              + "' is running; wait for its end, or DELETE it.");
    }
  }

  private List<DrillRequest> requests(DrillOrder order) throws DrillProblem {
    if (order.requests().isPresent()) {
      return order.requests().get();
    }
    return List.of(
        warmUp
            .apply(order.function())
            .orElseThrow(
                () ->
                    new DrillProblem(
                        422,
                        "no-requests",
                        "There is no request to drill '"
                            + order.function()
                            + "' with: give some (--requests FILE, or \"requests\"), or set"
                            + " snowshed.function."
                            + order.function()
                            + ".warmup-body.")));
  }

  private void keep(Drill drill) {
    drills.addLast(drill);
    if (drills.size() > KEPT) {
      drills.removeFirst();
    }
    current = drill;
    run = null;
  }

  private void start(Drill drill, List<DrillRequest> requests) {
    Sender sender =
        new Sender(port.get().resolve("/functions/"), drill.order().function(), drill.id());
    DrillRun started = new DrillRun(drill, requests, sender);
    run = started;
    Thread.ofVirtual().name("snowshed-drill").start(started);
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    ids.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The latest drills, the oldest first. */
  synchronized List<Drill> all() {
    return List.copyOf(drills);
  }

  synchronized Optional<Drill> find(String id) {
    return drills.stream().filter(drill -> drill.id().equals(id)).findFirst();
  }

  /** Ends a drill before its time, unless it has ended. */
  synchronized Optional<Drill> abort(String id) {
    Optional<Drill> drill = find(id);
    drill.filter(each -> each == current).ifPresent(_ -> abortCurrent());
    return drill;
  }

  private void abortCurrent() {
    if (run != null) {
      run.abort();
    }
    Drill drill = current;
    if (drill != null) {
      drill.end(State.ABORTED, "it was ended by its caller", System.nanoTime());
    }
  }

  Map<String, Map<String, Declared>> subjects() {
    return subjects.all();
  }

  /** Ends what runs. */
  @Override
  public synchronized void close() {
    abortCurrent();
  }
}
