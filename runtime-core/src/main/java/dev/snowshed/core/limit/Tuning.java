package dev.snowshed.core.limit;

import java.util.EnumMap;
import java.util.Map;

/**
 * The constants of the control laws. None of them is a time, rate or number of any workload: they
 * are ratios, counts for statistics, and times in units of what is measured, but for those whose
 * unit is said. docs/admission.md shows what halving and doubling each does. Immutable.
 */
public final class Tuning {
  /** For production. */
  public static final Tuning DEFAULTS = new Tuning(new EnumMap<>(Parameter.class));

  private final EnumMap<Parameter, Double> changed;

  private Tuning(EnumMap<Parameter, Double> changed) {
    this.changed = changed;
  }

  /** One constant. */
  public enum Parameter {
    /** How long a queue may be above its target before it stands, at first; in targets. */
    PATIENCE(2),
    /** The longest burst that is learnt; in targets. */
    LONGEST_BURST(40),
    /** How much may be refused of it; in what is served until deadlines. */
    LARGEST_BURST(2),
    /** How long nobody may have been refused before a queue no longer stands; in targets. */
    CALM(4),
    /** How much longer than the longest burst so far the next may be; a ratio. */
    LEARNT(1.5),
    /** Arrivals below this part of what could have been served mean idle time. */
    IDLE(0.4),
    /** So long without service is a pause of the whole host; in patiences. */
    PAUSED(0.5),
    /** And at least so long; in usual gaps between two services. */
    PAUSED_GAPS(8),
    /** How old a request in a standing queue may become; in targets. */
    OLDEST(1.5),
    /** Which risk of missing its deadline a request of a burst may take when it is queued. */
    RISK(0.02),
    /** Which part of runs is so short that one may still be worth a try. */
    HOPE(0.1),
    /** Which part of runs may be longer than the run time that bounds the target. */
    TAIL(0.01),
    /** How much the time that a new request has counts in the mean of all. */
    SPAN_WEIGHT(0.05),
    /** How many retries may always be there, whatever their share. */
    LEAST_RETRIES(3),
    /** For how long rates are remembered; in seconds of time in which requests wait. */
    RATE_MEMORY(0.5),
    /** How many runs are remembered for their distribution. */
    RUN_MEMORY(2000),
    /** For how long is remembered how many start; in seconds. */
    STARTS_MEMORY(0.1),
    /** The least time between two runs that are looked at while nobody waits; in seconds. */
    SAMPLING(0.0001),
    /** For how long is remembered what occupied the processors; in seconds. */
    SHARE_MEMORY(1),
    /**
     * Which part of a function's runs must at most have had a processor for the run queue to act on
     * its limit. Below 1, since what occupies the processors is an estimate, and of functions that
     * only compute one always seems to take more than there is.
     */
    BUSY(0.95),
    /** How many tasks may wait for each processor, beside those of the next. */
    READY_PER_PROCESSOR(0.5),
    /** For how long very short tasks may wait for a processor; in seconds. */
    SLICE(0.001),
    /** By which part of itself a limit grows. */
    GROWTH(1),
    /** To which part of itself it goes to find out whether it is too high. */
    LOWER(0.5),
    /** By which part of itself it goes up to find out whether a knee has moved. */
    PROBE(0.5),
    /** By which part the knee must lie above the lower level to be believed. */
    KNEE_MARGIN(0.5),
    /** How many runs of a level are remembered. */
    LEVEL_MEMORY(256),
    /** Which part of the limit may be in use when a run begins that tells of a free function. */
    FREE(0.5),
    /** By which part the limit stays above the knee. */
    HEADROOM(0.5),
    /** By which part run times must change before a knee that is held counts as moved. */
    CHANGE(0.5),
    /** The odds at which a comparison of two levels is decided. */
    ODDS(20),
    /** After how many completions a comparison is looked at. */
    ROUND(16),
    /** How many completions without a decision let the limit grow on. */
    GROW_AFTER(64),
    /** How many completions without a decision end a comparison. */
    LONGEST_TEST(128),
    /** The first pause between two looks for the knee; in seconds. */
    FIRST_PAUSE(1),
    /** How much longer each is than the one before; a ratio. */
    PAUSE_GROWTH(2),
    /** The longest; in seconds. */
    LONGEST_PAUSE(32),
    /** After how long without waiting requests a measurement is too old; in runs. */
    STALE(10),
    /** How long a new limit must have been full before it is measured; in runs. */
    SETTLING(2),
    /** Over how many completions the present run time is averaged. */
    SMOOTHING(32),
    /** How long too many tasks must wait for the processors before the limit falls; in runs. */
    STANDING(2),
    /** By which part of what is too much it falls. */
    FALL(0.5),
    /** Which part of the processors must be in use for them to be full. */
    FULL(0.9),
    /** At which part of the looks no task may wait if other threads are said to fill them. */
    UNSEEN(0.5),
    /** By which part of itself the limit rises while processors run dry. */
    FEED(1.0 / 32),
    /** By which part run times may grow meanwhile. */
    FED(0.25),
    /** After how long without need a limit sinks; in seconds. */
    RELAX(1),
    /** By which part of itself it does. */
    SINK(0.125),
    /** How many times what was needed it stays above. */
    SPARE(2);

    private final double standard;

    Parameter(double standard) {
      this.standard = standard;
    }

    /** Its value in {@link Tuning#DEFAULTS}. */
    public double standard() {
      return standard;
    }
  }

  /** The value of a constant. */
  public double get(Parameter parameter) {
    return changed.getOrDefault(parameter, parameter.standard);
  }

  /**
   * The same with another value for one constant.
   *
   * @param value above 0
   * @throws IllegalArgumentException if it is not
   */
  public Tuning with(Parameter parameter, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(parameter + " must be above 0, was " + value);
    }
    EnumMap<Parameter, Double> values = new EnumMap<>(changed);
    values.put(parameter, value);
    return new Tuning(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuning tuning && tuning.changed.equals(changed);
  }

  @Override
  public int hashCode() {
    return changed.hashCode();
  }

  @Override
  public String toString() {
    return "Tuning" + Map.copyOf(changed);
  }
}
