package dev.snowshed.core.lifecycle;

import java.time.Duration;
import java.util.Locale;

/** What vitals can show: how bad it is, and in which words. */
enum Symptom {
  SHEDDING(Cause.Kind.SHEDDING) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return ratio(refusedShare(vitals), thresholds.refusedShare());
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT,
          "%.0f %% of %.0f calls per second are refused",
          100 * refusedShare(vitals),
          vitals.offeredPerSecond());
    }
  },

  STUCK_THREADS(Cause.Kind.STUCK_THREADS) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return ratio(vitals.stuckLocally(), vitals.processors() * thresholds.stuckPerProcessor());
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT,
          "%d %s stuck for %d s",
          vitals.stuckLocally(),
          vitals.stuckLocally() == 1 ? "thread" : "threads",
          Math.max(0, vitals.oldestStuckNanos()) / 1_000_000_000);
    }
  },

  WEDGED_RUN_QUEUE(Cause.Kind.WEDGED_RUN_QUEUE) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return ratio(vitals.startDelayNanos(), thresholds.startDelay());
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT, "a thread ready to run waits %.1f s", vitals.startDelayNanos() / 1e9);
    }
  },

  WEDGED_EVENT_LOOP(Cause.Kind.WEDGED_EVENT_LOOP) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return ratio(vitals.loopDelayNanos(), thresholds.loopDelay());
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT, "an event loop answers after %.1f s", vitals.loopDelayNanos() / 1e9);
    }
  },

  MEMORY_SPIRAL(Cause.Kind.MEMORY_SPIRAL) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return Math.min(
          ratio(vitals.gcShare(), thresholds.gcShare()),
          ratio(vitals.heapAfterGc(), thresholds.heapAfterGc()));
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT,
          "collecting garbage takes %.0f %% of the time and leaves the heap %.0f %% full",
          100 * vitals.gcShare(),
          100 * vitals.heapAfterGc());
    }
  },

  COLLAPSED_GOODPUT(Cause.Kind.COLLAPSED_GOODPUT) {
    @Override
    double severity(Vitals vitals, Thresholds thresholds) {
      return busy(vitals, thresholds) && SHEDDING.severity(vitals, thresholds) >= Detector.LOWER
          ? ratio(lateShare(vitals), thresholds.lateShare())
          : 0;
    }

    @Override
    String evidence(Vitals vitals) {
      return String.format(
          Locale.ROOT,
          "%.0f of %.0f calls per second end in time, with the processors %s and calls refused",
          vitals.goodPerSecond(),
          vitals.goodPerSecond() + vitals.latePerSecond(),
          vitals.cpuUse() >= 0
              ? String.format(Locale.ROOT, "%.0f %% busy", 100 * vitals.cpuUse())
              : "busy");
    }
  };

  private final Cause.Kind kind;

  Symptom(Cause.Kind kind) {
    this.kind = kind;
  }

  Cause.Kind kind() {
    return kind;
  }

  /** The figure over its threshold; no number if it is not known. */
  abstract double severity(Vitals vitals, Thresholds thresholds);

  /** The figure as a sentence, for vitals with a severity. */
  abstract String evidence(Vitals vitals);

  /** Which share of the offered calls is refused, 0 to 1; no number if that is not known. */
  static double refusedShare(Vitals vitals) {
    return Math.min(1, ratio(vitals.refusedPerSecond(), vitals.offeredPerSecond()));
  }

  private static double lateShare(Vitals vitals) {
    double ended = Math.max(0, vitals.goodPerSecond()) + vitals.latePerSecond();
    return vitals.goodPerSecond() >= 0 ? ratio(vitals.latePerSecond(), ended) : Double.NaN;
  }

  private static boolean busy(Vitals vitals, Thresholds thresholds) {
    return ratio(vitals.cpuUse(), thresholds.busyShare()) >= 1
        || WEDGED_RUN_QUEUE.severity(vitals, thresholds) >= Detector.LOWER;
  }

  private static double ratio(long nanos, Duration whole) {
    return ratio((double) nanos, (double) whole.toNanos());
  }

  private static double ratio(double part, double whole) {
    return part >= 0 && part < Double.POSITIVE_INFINITY && whole > 0 ? part / whole : Double.NaN;
  }
}
