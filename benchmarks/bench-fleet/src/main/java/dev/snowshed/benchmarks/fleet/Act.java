package dev.snowshed.benchmarks.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** What is done to the fleet while it is under load. */
enum Act {
  /** Nothing: what the others are compared with. */
  CALM("nothing", 6, 0) {
    @Override
    Course play(Fleet fleet) {
      long now = System.nanoTime();
      return new Course(now, now, now, 0, true);
    }
  },
  /** A host is killed, and started again after a while. */
  KILL("kill -9", 20, 1) {
    @Override
    Course play(Fleet fleet) throws IOException, InterruptedException {
      int inflight = fleet.inflight(host());
      fleet.member(host()).signal("KILL");
      boolean dead = fleet.member(host()).awaitEnd().isPresent();
      long happened = System.nanoTime();
      Thread.sleep(AWAY);
      fleet.member(host()).start(fleet.probe());
      return new Course(happened, happened, System.nanoTime(), inflight, dead);
    }
  },
  /** A host is stopped as by a debugger or a dying disk: its ports accept, nothing answers. */
  STOP("SIGSTOP", 17, 2) {
    @Override
    Course play(Fleet fleet) throws IOException, InterruptedException {
      int inflight = fleet.inflight(host());
      long happened = System.nanoTime();
      fleet.member(host()).signal("STOP");
      Thread.sleep(AWAY);
      fleet.member(host()).signal("CONT");
      return new Course(happened, happened, System.nanoTime(), inflight, true);
    }
  },
  /** A function of one host holds for 12 s what the host needs for all. */
  WEDGE("wedged", 25, 3) {
    @Override
    Course play(Fleet fleet) throws IOException, InterruptedException {
      int inflight = fleet.inflight(host());
      long happened = System.nanoTime();
      fleet.wedge(host());
      long decided = fleet.awaitUnready(host(), WEDGED) ? System.nanoTime() : happened;
      Thread.sleep(WEDGED.minusNanos(System.nanoTime() - happened));
      return new Course(happened, decided, System.nanoTime(), inflight, true);
    }
  },
  /** All hosts are ended by SIGTERM and started again, one after another. */
  ROLL("roll all", 45, 0) {
    @Override
    Course play(Fleet fleet) throws IOException, InterruptedException {
      long happened = System.nanoTime();
      boolean clean = true;
      for (int number : Fleet.numbers().toArray()) {
        Member member = fleet.member(number);
        member.signal("TERM");
        OptionalInt code = member.awaitEnd();
        clean &= code.isPresent() && (code.getAsInt() == 0 || code.getAsInt() == TERMINATED);
        member.start(fleet.probe());
        clean &= fleet.awaitRotation(number, RETURN_BOUND);
      }
      return new Course(happened, happened, System.nanoTime(), 0, clean);
    }
  };

  private static final Duration AWAY = Duration.ofSeconds(7);
  private static final Duration WEDGED = Duration.ofSeconds(12);
  private static final Duration RETURN_BOUND = Duration.ofSeconds(30);

  /** How a JVM ends that handles SIGTERM and says nothing about its exit code. */
  private static final int TERMINATED = 143;

  private final String title;
  private final int seconds;
  private final int host;

  Act(String title, int seconds, int host) {
    this.title = title;
    this.seconds = seconds;
    this.host = host;
  }

  /**
   * How it went. Times by {@link System#nanoTime}.
   *
   * @param happenedNanos when it was done
   * @param decidedNanos when the host itself said that it leaves; as the first where it could not
   * @param curedNanos when its cause was gone
   * @param inflight requests that the host had just before
   * @param asPlanned whether every step worked
   */
  record Course(
      long happenedNanos, long decidedNanos, long curedNanos, int inflight, boolean asPlanned) {}

  /** Does it; called while the load goes on. */
  abstract Course play(Fleet fleet) throws IOException, InterruptedException;

  String title() {
    return title;
  }

  /** How long the load goes on, from two seconds before. */
  int seconds() {
    return seconds;
  }

  /** The number of the host that it is done to; 0 for none or all. */
  int host() {
    return host;
  }
}
