package dev.snowshed.processor;

import static dev.snowshed.processor.Compilation.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.function.spi.FunctionBinding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of {@code @DependsOn}. Bodies of {@code shop} start on line 4. */
class DependsOnTest {
  private static void assertErrors(List<String> expected, String source) {
    Compilation compilation = Compilation.of(source);
    assertEquals(expected, compilation.errors(), compilation::messages);
  }

  private static void assertError(String expected, String member) {
    assertErrors(
        List.of(expected),
        shop(
            "@Function(name = \"a\")\n@DependsOn(value = \"catalog\",\n"
                + member
                + ")\npublic void a() {}"));
  }

  private static List<DependencyDescriptor> declared(String annotations) {
    FunctionBinding binding =
        Compilation.of(shop("@Function(name = \"a\") " + annotations + " public void a() {}"))
            .mustSucceed()
            .bindings()
            .get(0);
    return binding.descriptor().dependencies();
  }

  @Test
  void reachesTheDescriptor() {
    List<DependencyDescriptor> all =
        declared(
            """
            @DependsOn(value = "catalog", strength = Strength.STRONG, timeout = "500ms",
                maxConcurrent = 7, retries = 2, breakerFailures = 0.25, breakerCalls = 50,
                breakerDelay = "3s")
            @DependsOn("promotions.v2")
            """);

    DependencyDescriptor catalog = all.get(0);
    assertEquals("catalog", catalog.name());
    assertEquals(Strength.STRONG, catalog.strength());
    assertEquals(Optional.of(Duration.ofMillis(500)), catalog.timeout());
    assertEquals(7, catalog.maxConcurrent());
    assertEquals(2, catalog.retries());
    assertEquals(0.25, catalog.breakerFailures());
    assertEquals(50, catalog.breakerCalls());
    assertEquals(Duration.ofSeconds(3), catalog.breakerDelay());
    DependencyDescriptor promotions = all.get(1);
    assertEquals("promotions.v2", promotions.name());
    assertEquals(Strength.UNDECLARED, promotions.strength());
    assertEquals(Optional.empty(), promotions.timeout());
    assertEquals(0, promotions.maxConcurrent());
    assertEquals(0, promotions.retries());
    assertEquals(0, promotions.breakerFailures());
    assertEquals(20, promotions.breakerCalls());
    assertEquals(Duration.ofSeconds(1), promotions.breakerDelay());
    assertEquals(2, all.size());
  }

  @Test
  void isNothingWhereNothingIsDeclared() {
    assertEquals(List.of(), declared(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "(other)"})
  void rejectsBadNamesAtTheName(String name) {
    assertErrors(
        List.of(
            "5:12 \""
                + name
                + "\" is not the name of a dependency: use 1 to 64 letters A to Z, digits, '.', '_'"
                + " and '-', for example \"catalog\""),
        shop("@Function(name = \"a\")\n@DependsOn(\"" + name + "\") public void a() {}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout = "5" | 6:11 timeout = "5" is not a duration: write a whole number and a unit of ms, s, m or h without a blank, between 1ms and 24h, for example "500ms"
          breakerDelay = "" | 6:16 breakerDelay = "" is not a duration: write a whole number and a unit of ms, s, m or h without a blank, between 1ms and 24h, for example "500ms"
          maxConcurrent = -1 | 6:17 maxConcurrent = -1 is negative: write 1 or more, or 0 for any number
          retries = 11 | 6:11 retries = 11 is out of range: write 0 to 10
          retries = -1 | 6:11 retries = -1 is out of range: write 0 to 10
          breakerFailures = 1.5 | 6:19 breakerFailures = 1.5 is not a share: write a number above 0 and at most 1, or 0 for the default
          breakerCalls = 1 | 6:16 breakerCalls = 1 is out of range: write 2 to 10000, or 0 for no breaker
          """)
  void rejectsBadSettingsAtTheSetting(String member, String error) {
    assertError(error, member);
  }

  @Test
  void rejectsADependencyThatIsDeclaredTwice() {
    assertErrors(
        List.of(
            "6:12 \"b\" is declared twice: a function declares each dependency once, with all its"
                + " settings"),
        shop("@Function(name = \"a\")\n@DependsOn(\"b\")\n@DependsOn(\"b\") public void a() {}"));
  }

  @Test
  void rejectsOneOfSeveralWhereItStands() {
    assertErrors(
        List.of("6:35 retries = 11 is out of range: write 0 to 10"),
        shop(
            """
            @Function(name = "a")
            @DependsOn("b")
            @DependsOn(value = "c", retries = 11)
            @dev.snowshed.function.DependsOn("d")
            public void a() {}
            """));
    assertErrors(
        List.of(
            "5:32 \"b c\" is not the name of a dependency: use 1 to 64 letters A to Z, digits, '.',"
                + " '_' and '-', for example \"catalog\""),
        shop(
            """
            @Function(name = "a")
            @DependsOn.Several({@DependsOn("b c"), @DependsOn("d")}) public void a() {}
            """));
  }

  @Test
  void rejectsEachOfSeveralOfNoFunctionWhereItStands() {
    String problem =
        " @DependsOn stands where no @Function is: move it to the function that has the dependency";
    assertErrors(
        List.of("4:1" + problem, "5:1" + problem),
        shop("@DependsOn(\"b\")\n@DependsOn(\"c\")\npublic void b() {}"));
  }

  @Test
  void rejectsADependencyOfNoFunction() {
    assertErrors(
        List.of(
            "4:1 @DependsOn stands where no @Function is: move it to the function that has the"
                + " dependency"),
        shop("@DependsOn(\"b\")\npublic void b() {}\n@Function(name = \"a\") public void a() {}"));
    assertErrors(
        List.of(
            "4:1 @DependsOn stands where no @Function is: move it to the function that has the"
                + " dependency"),
        shop("@DependsOn(\"b\")\npublic void b() {}"));
  }
}
