package dev.snowshed.simulation.peer;

import java.lang.reflect.Field;
import java.util.random.RandomGenerator;

/**
 * Seeds the chance of a Vegas that draws it from a generator without a seed, so that a run can be
 * repeated. When the library has drawn (its {@code probeCount} is 0 then), {@code probeJitter} is
 * drawn again, from the same range: 0.5 to 1.
 */
final class ProbeJitter {
  private final Object vegas;
  private final RandomGenerator random;
  private final Field count;
  private final Field jitter;

  ProbeJitter(Object vegas, RandomGenerator random) {
    this.vegas = vegas;
    this.random = random;
    try {
      count = open(vegas, "probeCount");
      jitter = open(vegas, "probeJitter");
      draw();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(vegas.getClass() + " is another version than expected", e);
    }
  }

  private static Field open(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Is called after each sample. */
  void afterSample() {
    try {
      if (count.getDouble(vegas) == 0) {
        draw();
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void draw() throws IllegalAccessException {
    jitter.setDouble(vegas, random.nextDouble(0.5, 1));
  }
}
