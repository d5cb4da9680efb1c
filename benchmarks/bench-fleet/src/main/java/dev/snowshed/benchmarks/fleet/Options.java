package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.http.Arguments;
import dev.snowshed.benchmarks.http.BenchException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for on the command line. Immutable.
 *
 * @param contenders of which to make fleets, not empty
 * @param acts to play, not empty
 * @param share of the fleet's capacity to offer, above 0
 * @param seed of the arrivals
 * @param flags the JVM's flags of every host
 * @param json where to write the figures as data
 * @param root the project's folder
 */
record Options(
    List<Contender> contenders,
    List<Act> acts,
    double share,
    long seed,
    List<String> flags,
    Optional<Path> json,
    Path root) {

  /** Small heaps, and a compiler that is soon done: four hosts share the machine. */
  private static final String DEFAULT_FLAGS =
      "-Xms32m -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  /** Every option with its default. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--only", Contender.names().replace(" ", ""),
          "--acts", "calm,kill,stop,wedge,roll",
          "--share", "0.9",
          "--seed", "1",
          "--jvm", DEFAULT_FLAGS);

  /** What {@code --help} prints. */
  static final String HELP =
      """
      usage: ./snowshed bench fleet [option…]

      Starts HAProxy with the configuration of deploy/haproxy and four hosts behind it, each at a
      loopback address of its own, offers most of what they can carry, and then kills one (and starts
      it again), stops one with SIGSTOP (and lets it go on), wedges one for 12 seconds, and restarts
      all of them one after another. The same with Google's function invoker. Takes less than six
      minutes. Needs Linux and HAProxy 2.6 or newer.

        --only a,b       fleets of these alone: %s
        --acts a,b       only these: calm, kill, stop, wedge, roll
        --share X        the rate, as a share of what the four carry (default 0.9)
        --seed N         of the arrivals (default 1)
        --jvm "FLAGS"    JVM flags of every host (default %s)
        --json FILE      write the figures as data
        --root DIR       the project's folder (default: the current one)

      The function holds one of its host's 10 connections for 100 ms: a host carries 100 requests per
      second while the processors idle, so that four of them fit on two. A host that is started again
      runs with a lower priority, as if it had processors of its own. Requests have a deadline of 1 s
      and arrive at random (Poisson), however late the answers are. Good are answers with 200 in time;
      refused those with 429 or 503 in time; late are answers after the deadline, and 504; lost are
      other answers, broken connections, and no answer within 250 ms more. "In flight" is what HAProxy
      had sent to the host just before. Of a killed host, only what was due before its death may be
      lost. "Out" is how long the host stayed in rotation, "back" how long it took to return once its
      trouble was over. A wedged host answers its probes, and decides itself when to leave ("says so").
      Whoever is killed, stopped or wedged has to be out within three probe intervals. "Goodput" is of
      the seconds in which one host was out, as a share of what the other three carry (300/s).

      What is waited for in Snowshed is shorter than usual: ejection after 3 s, for an event loop
      that stands still after 1.5 s, slow start in 5 s, news of peers every 0.3 s and stale after 1 s,
      drain announced for 3 s.

      A wedged Snowshed host has all its event loops blocked. A wedged Google host has a call that
      holds all connections of its pool: it has no event loops, and no deadlines. HAProxy asks it for a
      path that does no work, as it has no probes.

      The JSON holds "machine", "options" and "findings", for each fleet and act: "fleet", "act",
      "offered", "good", "refused", "late", "lost", "lostLater", "inflight", "decidedSeconds",
      "outSeconds", "backSeconds", "restShare" and "missed", the bars that were missed.
      """
          .formatted(Contender.names(), DEFAULT_FLAGS);

  /**
   * Reads the command line.
   *
   * @param arguments as given
   * @throws BenchException if one is unknown, lacks its value or is out of range
   */
  static Options parse(String... arguments) {
    Arguments given = Arguments.of(DEFAULTS, arguments);
    return new Options(
        given.list("--only", Contender::named),
        given.list("--acts", Options::act),
        given.positive("--share", 10),
        given.whole("--seed", 0, Integer.MAX_VALUE),
        given.flags(),
        given.json(),
        given.root());
  }

  private static Act act(String name) {
    return Arrays.stream(Act.values())
        .filter(act -> act.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "no act is called \"%s\"; there are calm, kill, stop, wedge and roll"
                        .formatted(name)));
  }
}
