package dev.snowshed.benchmarks.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.http.BenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void playsEverythingUnlessTold() {
    Options options = Options.parse();

    assertEquals(List.of(Contender.SNOWSHED, Contender.GOOGLE), options.contenders());
    assertEquals(List.of(Act.values()), options.acts());
    assertEquals(0.9, options.share());
  }

  @Test
  void readsEveryOption() {
    Options options = Options.parse("--only", "google", "--acts", "kill,roll", "--share", "0.5");

    assertEquals(List.of(Contender.GOOGLE), options.contenders());
    assertEquals(List.of(Act.KILL, Act.ROLL), options.acts());
    assertEquals(0.5, options.share());
  }

  @Test
  void saysWhatThereIs() {
    assertMessage("no fleet is called \"spring\"; there are snowshed, google", "--only", "spring");
    assertMessage("no act is called \"nap\"", "--acts", "nap");
    assertMessage("--share takes a number above 0 and up to 10, not \"-1\"", "--share", "-1");
    assertMessage("unknown option --fast", "--fast", "1");
    assertMessage("--json needs a value", "--json");
  }

  private static void assertMessage(String beginning, String... arguments) {
    BenchException error = assertThrows(BenchException.class, () -> Options.parse(arguments));
    assertTrue(String.valueOf(error.getMessage()).startsWith(beginning), error.getMessage());
  }
}
