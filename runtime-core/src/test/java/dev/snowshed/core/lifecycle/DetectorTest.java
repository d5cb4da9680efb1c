package dev.snowshed.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DetectorTest {
  private final Detector detector = new Detector(2, 5, 3);

  private void observe(double severity, int times) {
    for (int time = 0; time < times; time++) {
      detector.observe(severity, 1);
    }
  }

  @Test
  void isPresentAfterAWhile() {
    observe(1, 2);
    assertFalse(detector.present());
    observe(1, 1);
    assertTrue(detector.present());
  }

  @Test
  void isSustainedAfterAWhile() {
    observe(1, 5);
    assertFalse(detector.sustained());
    observe(1, 1);
    assertTrue(detector.sustained());
  }

  @Test
  void holdsBetweenItsThresholds() {
    observe(0.99, 100);
    assertFalse(detector.present());
    observe(1, 1);
    observe(0.5, 5);
    assertTrue(detector.sustained());
  }

  @Test
  void isAbsentAfterAWhileBelowTheLowerOne() {
    observe(1, 10);
    observe(0.49, 3);
    assertTrue(detector.present());
    observe(0.49, 1);
    assertFalse(detector.present());
  }

  @Test
  void isNotSustainedOnceItFell() {
    observe(1, 10);
    observe(0, 1);
    assertFalse(detector.sustained());
    observe(1, 5);
    assertTrue(detector.present());
    assertFalse(detector.sustained());
    observe(1, 1);
    assertTrue(detector.sustained());
  }

  @Test
  void isNotSustainedByALongRecovery() {
    Detector slow = new Detector(2, 5, 30);
    for (int time = 0; time < 20; time++) {
      slow.observe(time < 10 ? 1 : 0, 1);
    }
    assertTrue(slow.present());
    assertFalse(slow.sustained());
  }

  @Test
  void takesWhatIsNoNumberForWell() {
    observe(1, 10);
    observe(Double.NaN, 4);
    assertFalse(detector.present());
  }

  @Test
  void mustLastAnewAfterARestart() {
    observe(1, 10);
    detector.restart();
    assertFalse(detector.sustained());
    assertTrue(detector.present());
    observe(1, 5);
    assertTrue(detector.sustained());
  }
}
