package dev.snowshed.function.spi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyNameTest {
  @Test
  void hasLettersDigitsDotsAndLines() {
    for (String name : List.of("a", "Z9", "catalog-2.eu_west", "azAZ09._-", "x".repeat(64))) {
      assertTrue(DependencyDescriptor.isName(name), name);
    }
  }

  @Test
  void hasNothingElse() {
    for (String name : List.of("a@", "a[", "a`", "a{", "a/", "a:", "a,", "a^", "a ", "ü", "a\n")) {
      assertFalse(DependencyDescriptor.isName(name), name);
    }
    for (String name : List.of("", "x".repeat(65))) {
      assertThrows(
          IllegalArgumentException.class, () -> DependencyDescriptor.checkedName(name), name);
    }
  }
}
