package dev.snowshed.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void picksTargetsByName() {
    Options options = Options.parse("--only", "raw-vertx,snowshed", "--rounds", "9");

    assertEquals(
        List.of("raw-vertx", "snowshed"), options.targets().stream().map(Target::name).toList());
    assertEquals(9, options.starts());
  }

  @Test
  void namesTheLegalChoices() {
    BenchException unknown =
        assertThrows(BenchException.class, () -> Options.parse("--only", "tomcat"));

    assertTrue(unknown.toString().contains("google-invoker"), unknown.toString());
    assertThrows(BenchException.class, () -> Options.parse("--rounds", "0"));
    assertThrows(BenchException.class, () -> Options.parse("--faster", "yes"));
    assertThrows(BenchException.class, () -> Options.parse("--json"));
  }
}
