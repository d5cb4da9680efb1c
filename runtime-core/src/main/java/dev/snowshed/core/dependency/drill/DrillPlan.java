package dev.snowshed.core.dependency.drill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Which treatments a drill gives, how often.
 *
 * @param function to whose calls
 * @param dependencies each of which is disturbed alone; 1 to 63
 * @param faults each of which is tried on each dependency; at least one
 * @param pairs whether each two dependencies are disturbed together, too
 * @param repetitions how many calls get each treatment; 1 to 10,000. With 60 a drill can tell that
 *     a function does without a dependency, with fewer it cannot
 */
public record DrillPlan(
    String function,
    List<String> dependencies,
    List<Fault> faults,
    boolean pairs,
    int repetitions) {
  /** Enough to tell strong and weak with 95 % confidence, if the function fails not otherwise. */
  public static final int DEFAULT_REPETITIONS = 60;

  private static final int MAX_DEPENDENCIES = 63;
  private static final int MAX_REPETITIONS = 10_000;

  /**
   * Copies, and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public DrillPlan {
    dependencies = List.copyOf(new LinkedHashSet<>(dependencies));
    faults = List.copyOf(new LinkedHashSet<>(faults));
    check(
        !dependencies.isEmpty() && dependencies.size() <= MAX_DEPENDENCIES,
        "dependencies must be 1 to " + MAX_DEPENDENCIES + ", were " + dependencies.size());
    check(!faults.isEmpty(), "faults must be at least one of error, delay and hang");
    check(
        repetitions >= 1 && repetitions <= MAX_REPETITIONS,
        "repetitions must be 1 to " + MAX_REPETITIONS + ", was " + repetitions);
  }

  private static void check(boolean good, String problem) {
    if (!good) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** The treatments, controls excluded, each once. */
  public List<Treatment> kinds() {
    List<Treatment> kinds = new ArrayList<>();
    for (Fault fault : faults) {
      dependencies.forEach(each -> kinds.add(new Treatment(List.of(each), fault)));
      if (pairs) {
        addPairs(fault, kinds);
      }
    }
    return kinds;
  }

  private void addPairs(Fault fault, List<Treatment> kinds) {
    for (int i = 0; i < dependencies.size(); i++) {
      for (int j = i + 1; j < dependencies.size(); j++) {
        kinds.add(new Treatment(List.of(dependencies.get(i), dependencies.get(j)), fault));
      }
    }
  }

  /**
   * One treatment for each call to come: in blocks that have each kind once, and controls, in an
   * order by chance. So whatever changes during a drill changes for all alike. There are as many
   * controls in a block as the root of the number of kinds, since all are compared with them
   * (Dunnett, 1955).
   */
  public List<Treatment> treatments(RandomGenerator random) {
    List<Treatment> block = new ArrayList<>(kinds());
    int controls = (int) Math.ceil(Math.sqrt(block.size()));
    block.addAll(Collections.nCopies(controls, Treatment.CONTROL));
    List<Treatment> all = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      Collections.shuffle(block, Random.from(random));
      all.addAll(block);
    }
    return List.copyOf(all);
  }
}
