package dev.snowshed.simulation.oracle;

import dev.snowshed.simulation.scenario.Scenario;
import dev.snowshed.simulation.score.Frame;
import dev.snowshed.simulation.score.Outcome;
import dev.snowshed.simulation.score.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Finds the best fixed limit of each function: the one with the most useful completions of the
 * scored functions in the scored part, the smallest of equals.
 *
 * <p>Every candidate is played with the same seeds, so that they differ by the limit alone. First a
 * scan with a few of the seeds in steps of √2, until a limit refuses nobody or nothing is left of
 * the goodput; then with all seeds between the neighbours of the best, twice, ever more finely.
 * With several functions the same limit for all is scanned first, and then each function's in turn,
 * the others' held, until none improves.
 *
 * <p>Remembers what it has found. Safe for concurrent use.
 */
public final class OracleSearch {
  private static final int SCAN_SEEDS = 3;
  private static final int LARGEST = 65_536;

  /** Candidates that are played at the same time. */
  private static final int AT_ONCE = 4;

  /** A scan ends when less than this is left of the best, in every phase. */
  private static final double HOPELESS = 0.5;

  private static final int ROUNDS = 4;
  private static final int FINE_STEPS = 10;

  private final Runs runs;
  private final Map<Key, Oracle> found = new ConcurrentHashMap<>();

  private record Key(Scenario scenario, List<Long> seeds) {}

  /** A search that plays its candidates there. */
  public OracleSearch(Runs runs) {
    this.runs = runs;
  }

  /**
   * Finds the oracle.
   *
   * @param frame of the scenario
   * @param seeds one or more
   */
  public Oracle find(Frame frame, List<Long> seeds) {
    return found.computeIfAbsent(
        new Key(frame.scenario(), List.copyOf(seeds)), key -> new Search(frame, seeds).find());
  }

  /**
   * A candidate and how it did.
   *
   * @param limits of each function
   * @param outcomes by seed
   */
  private record Trial(List<Integer> limits, List<Outcome> outcomes) {
    long good() {
      return outcomes.stream().mapToLong(Outcome::good).sum();
    }

    long goodBetween(int fromBin, int untilBin) {
      return outcomes.stream().mapToLong(outcome -> outcome.goodBetween(fromBin, untilBin)).sum();
    }

    boolean refusedNothing() {
      return outcomes.stream().allMatch(Outcome::refusedNothing);
    }
  }

  /** The search for one scenario. */
  private final class Search {
    private final Frame frame;
    private final Board scan;
    private final Board all;
    private final int functions;

    /** Whether no function is scored: then all limits are equal. */
    private final boolean nothingCounts;

    Search(Frame frame, List<Long> seeds) {
      this.frame = frame;
      this.scan = new Board(seeds.subList(0, Math.min(SCAN_SEEDS, seeds.size())));
      this.all = new Board(seeds);
      this.functions = frame.scenario().functions().size();
      this.nothingCounts = frame.scoredFunctions().isEmpty();
    }

    Oracle find() {
      List<Integer> limits = scan(limit -> Collections.nCopies(functions, limit));
      for (int round = 0; round < ROUNDS && functions > 1; round++) {
        List<Integer> before = limits;
        for (int function = 0; function < functions; function++) {
          limits = scan(varying(limits, function));
        }
        if (limits.equals(before)) {
          break;
        }
      }
      for (int function = 0; function < functions; function++) {
        limits = refine(limits, function);
      }
      return new Oracle(limits, all.play(List.of(limits)).getFirst().outcomes(), phases());
    }

    private static IntFunction<List<Integer>> varying(List<Integer> limits, int function) {
      return limit -> {
        List<Integer> varied = new ArrayList<>(limits);
        varied.set(function, limit);
        return List.copyOf(varied);
      };
    }

    /** The best along a line, in steps of √2. */
    private List<Integer> scan(IntFunction<List<Integer>> line) {
      List<Trial> tried = new ArrayList<>();
      for (int limit = 1; limit <= LARGEST; ) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (; candidates.size() < AT_ONCE; limit = coarser(limit)) {
          candidates.add(line.apply(limit));
        }
        tried.addAll(scan.play(candidates));
        if (nothingCounts || tried.getLast().refusedNothing() || isHopeless(tried)) {
          break;
        }
      }
      return best(tried).limits();
    }

    private boolean isHopeless(List<Trial> tried) {
      for (int phase = 0; phase <= frame.changes().size(); phase++) {
        int from = firstBin(phase);
        int until = firstBin(phase + 1);
        long most =
            tried.stream().mapToLong(trial -> trial.goodBetween(from, until)).max().orElse(0);
        if (tried.getLast().goodBetween(from, until) >= HOPELESS * most) {
          return false;
        }
      }
      return tried.getLast().good() < HOPELESS * best(tried).good();
    }

    /** The best limit of one function, with all seeds: first between its scanned neighbours. */
    private List<Integer> refine(List<Integer> limits, int function) {
      int limit = limits.get(function);
      List<Integer> wide = between(finer(finer(limit)), coarser(coarser(limit)));
      List<Integer> best = bestOf(limits, function, wide);
      int place = Collections.binarySearch(wide, best.get(function));
      int low = wide.get(Math.max(0, place - 1));
      int high = wide.get(Math.min(wide.size() - 1, place + 1));
      return bestOf(best, function, between(low, high));
    }

    private List<Integer> bestOf(List<Integer> limits, int function, List<Integer> candidates) {
      IntFunction<List<Integer>> line = varying(limits, function);
      return best(all.play(candidates.stream().map(line::apply).toList())).limits();
    }

    private List<Oracle.Phase> phases() {
      List<Oracle.Phase> phases = new ArrayList<>();
      for (int phase = 0; phase <= frame.changes().size(); phase++) {
        int from = firstBin(phase);
        int until = firstBin(phase + 1);
        Trial best = scan.trials.values().stream().findFirst().orElseThrow();
        for (Trial trial : scan.trials.values()) {
          if (trial.goodBetween(from, until) > best.goodBetween(from, until)) {
            best = trial;
          }
        }
        long start = phase == 0 ? 0 : frame.changes().get(phase - 1);
        phases.add(new Oracle.Phase(start, best.limits()));
      }
      return phases;
    }

    private int firstBin(int phase) {
      if (phase == 0) {
        return 0;
      }
      return phase > frame.changes().size()
          ? frame.bins()
          : (int) (frame.changes().get(phase - 1) / Frame.BIN_NANOS);
    }

    /** What was played with some of the seeds. */
    private final class Board {
      final List<Long> seeds;
      final Map<List<Integer>, Trial> trials = new LinkedHashMap<>();

      Board(List<Long> seeds) {
        this.seeds = List.copyOf(seeds);
      }

      /** Plays those that were not played yet, at the same time. */
      List<Trial> play(List<List<Integer>> candidates) {
        Map<List<Integer>, Runs.Pending> pending = new LinkedHashMap<>();
        for (List<Integer> limits : candidates) {
          if (!trials.containsKey(limits)) {
            pending.computeIfAbsent(
                limits, key -> runs.start(frame, "fixed " + key, FixedLimit.of(key), seeds));
          }
        }
        pending.forEach((limits, run) -> trials.put(limits, new Trial(limits, run.await())));
        return candidates.stream().map(trials::get).toList();
      }
    }
  }

  private static Trial best(List<Trial> trials) {
    Trial best = trials.getFirst();
    for (Trial trial : trials) {
      if (trial.good() > best.good()) {
        best = trial;
      }
    }
    return best;
  }

  private static int coarser(int limit) {
    return Math.max(limit + 1, (int) Math.round(limit * Math.sqrt(2)));
  }

  private static int finer(int limit) {
    return Math.max(1, Math.min(limit - 1, (int) Math.round(limit / Math.sqrt(2))));
  }

  /** Both bounds and limits between, all of them or some at equal ratios. */
  private static List<Integer> between(int low, int high) {
    List<Integer> limits = new ArrayList<>();
    double ratio = Math.pow((double) high / low, 1.0 / FINE_STEPS);
    for (double limit = low; Math.round(limit) < high; ) {
      limits.add((int) Math.round(limit));
      limit = Math.max(Math.rint(limit) + 1, limit * ratio);
    }
    limits.add(high);
    return limits;
  }
}
