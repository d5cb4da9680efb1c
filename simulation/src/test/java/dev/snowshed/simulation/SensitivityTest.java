package dev.snowshed.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.limit.Tuning;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SensitivityTest {

  @Test
  void changesEachConstantAndSettingAlone() {
    Set<String> variants = Sensitivity.variants().keySet();

    assertEquals(Sensitivity.DEFAULT, variants.iterator().next());
    assertEquals(1 + 2 * (5 + Tuning.Parameter.values().length), variants.size());
    assertTrue(variants.contains("queueShare 0.125") && variants.contains("queueShare 0.5"));
    assertTrue(variants.contains("initialLimit 16") && variants.contains("initialLimit 64"));
    assertTrue(variants.contains("maxQueue 5000") && variants.contains("maxQueue 20000"));
    assertTrue(variants.contains("LEAST_RETRIES 1.5") && variants.contains("SINK 0.0625"));
    assertTrue(variants.contains("FEED 0.015625") && variants.contains("FEED 0.0625"));
  }

  @Test
  void staysInRange() {
    assertEquals(List.of(0.375, 1.0), Sensitivity.around(0.75, 1));
    assertEquals(List.of(0.375, 1.5), Sensitivity.around(0.75, Double.MAX_VALUE));
  }
}
