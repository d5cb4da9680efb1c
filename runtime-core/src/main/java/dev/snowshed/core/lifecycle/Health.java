package dev.snowshed.core.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What ails a host in rotation. Guarded by its owner. */
final class Health {
  private static final Comparator<Cause> OLDEST = Comparator.comparingLong(Cause::sinceNanos);

  private final Thresholds thresholds;
  private final List<Ailment> ailments = new ArrayList<>();

  Health(LifecycleSettings settings) {
    thresholds = settings.thresholds();
    for (Symptom symptom : Symptom.values()) {
      ailments.add(new Ailment(symptom, detector(symptom, settings)));
    }
  }

  private static Detector detector(Symptom symptom, LifecycleSettings settings) {
    Duration eject =
        switch (symptom) {
          case COLLAPSED_GOODPUT -> settings.collapsedAfter();
          case WEDGED_EVENT_LOOP ->
              settings.loopWedgedAfter().minus(settings.thresholds().loopDelay());
          default -> settings.ejectAfter();
        };
    long strainNanos = Math.min(settings.strainAfter().toNanos(), eject.toNanos());
    return new Detector(strainNanos, eject.toNanos(), settings.recovery().toNanos());
  }

  void observe(Vitals vitals, long stepNanos, long nowNanos) {
    ailments.forEach(each -> each.observe(vitals, stepNanos, nowNanos));
  }

  /** What has lasted until now has just begun. */
  void restart() {
    ailments.forEach(each -> each.detector.restart());
  }

  /** Whether anything is the matter. */
  boolean strained() {
    return ailments.stream().anyMatch(each -> each.detector.present());
  }

  /** Whether something is the matter for which a host may leave once it has lasted. */
  boolean ill() {
    return ailments.stream().anyMatch(each -> each.ejects() && each.detector.present());
  }

  /** Such a thing, if it has lasted. */
  Optional<Cause> lasting() {
    return ailments.stream()
        .filter(each -> each.ejects() && each.detector.sustained())
        .map(Ailment::cause)
        .min(OLDEST);
  }

  /** What is the matter, the oldest first. */
  List<Cause> causes() {
    return ailments.stream()
        .filter(each -> each.detector.present())
        .map(Ailment::cause)
        .sorted(OLDEST)
        .toList();
  }

  private final class Ailment {
    private final Symptom symptom;
    private final Detector detector;
    private String evidence = "";
    private long sinceNanos;

    Ailment(Symptom symptom, Detector detector) {
      this.symptom = symptom;
      this.detector = detector;
    }

    boolean ejects() {
      return symptom.kind().ejects();
    }

    Cause cause() {
      return new Cause(symptom.kind(), evidence, sinceNanos);
    }

    void observe(Vitals vitals, long stepNanos, long nowNanos) {
      boolean fresh = !detector.raised() && !detector.present();
      detector.observe(symptom.severity(vitals, thresholds), stepNanos);
      if (detector.raised()) {
        evidence = symptom.evidence(vitals);
        sinceNanos = fresh ? nowNanos : sinceNanos;
      }
    }
  }
}
