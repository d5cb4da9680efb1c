package dev.snowshed.function.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.snowshed.function.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class DependencyDrillTest {

  /** A shop that does without one of its services if that fails, and without another only then. */
  private static String sell(Context context) throws Exception {
    String price = context.dependency("catalog").call(() -> "12");
    String discount = context.dependency("promotions").call(() -> "-2", failure -> "");
    String others =
        context
            .dependency("recommendations")
            .call(
                () -> " pot",
                failure -> {
                  throw new IllegalStateException("not thought of", failure);
                });
    return price + discount + others;
  }

  /** Run by the tests below, not by the build. */
  static class Drilled {
    @DependencyDrill(weak = "promotions", strong = "catalog")
    void asItIs(TestContext context) throws Exception {
      context.dependency("promotions").timeout(java.time.Duration.ofSeconds(1));
      assertTrue(sell(context).startsWith("12"));
    }

    @DependencyDrill(weak = "recommendations")
    void weakInNameOnly(TestContext.Builder context) throws Exception {
      assertTrue(sell(context.tenant("acme").build()).startsWith("12"));
    }

    @DependencyDrill(strong = "promotions")
    void strongInNameOnly(TestContext context) throws Exception {
      assertTrue(sell(context).startsWith("12"));
    }

    @DependencyDrill(weak = "mail")
    void neverCalled(TestContext context) throws Exception {
      assertTrue(sell(context).startsWith("12"));
    }

    @DependencyDrill(
        weak = {"here", "there", "mail"},
        pairs = true)
    void eachForTheOther(TestContext context) throws Exception {
      context.dependency("mail").call(() -> "", failure -> "");
      String found =
          context
              .dependency("here")
              .call(() -> "1", failure -> context.dependency("there").call(() -> "1"));
      assertEquals("1", found);
      assertEquals("1", context.dependency("there").call(() -> "1", failure -> found));
    }

    @DependencyDrill
    void nothingSaid(TestContext context) throws Exception {
      assertTrue(sell(context).startsWith("12"));
    }
  }

  private static Map<String, String> run(String method) {
    Map<String, String> results = new TreeMap<>();
    List<Event> events =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectMethod(Drilled.class, method, types(method)))
            .execute()
            .allEvents()
            .filter(event -> event.getType() == EventType.FINISHED)
            .toList();
    for (Event event : events) {
      var result = event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class);
      results.put(
          event.getTestDescriptor().getDisplayName(),
          result.getStatus() == Status.SUCCESSFUL
              ? "passed"
              : result.getThrowable().map(Throwable::getMessage).orElse("failed"));
    }
    return results;
  }

  private static String types(String method) {
    return method.equals("weakInNameOnly")
        ? "dev.snowshed.function.test.TestContext$Builder"
        : "dev.snowshed.function.test.TestContext";
  }

  @Test
  void passesWhenAllIsAsSaid() {
    Map<String, String> results = run("asItIs");

    for (String name :
        List.of(
            "all is well",
            "promotions fails",
            "promotions is 500 ms late",
            "promotions hangs",
            "catalog fails")) {
      assertEquals("passed", results.get(name), results::toString);
    }
  }

  @Test
  void failsWhenWhatIsSaidToBeWeakBehavesStrong() {
    Map<String, String> results = run("weakInNameOnly");

    assertEquals("passed", results.get("all is well"), results::toString);
    assertEquals("passed", results.get("recommendations is 500 ms late"), results::toString);
    assertEquals(
        "recommendations is said to be weak, but behaves strong: the test fails when it fails, with"
            + " java.lang.IllegalStateException: not thought of",
        results.get("recommendations fails"));
    assertTrue(
        String.valueOf(results.get("recommendations hangs"))
            .startsWith("recommendations is said to be weak"),
        results::toString);
  }

  @Test
  void failsWhenWhatIsSaidToBeStrongIsWeak() {
    assertEquals(
        "promotions is said to be strong, but behaves weak: the test passes when it fails; say that"
            + " it is weak",
        run("strongInNameOnly").get("promotions fails"));
  }

  @Test
  void failsWhenTheDependencyIsNotCalled() {
    assertTrue(
        String.valueOf(run("neverCalled").get("mail fails"))
            .startsWith("the test does not call mail"));
  }

  @Test
  void findsFallbacksThatFallBackOnEachOther() {
    Map<String, String> results = run("eachForTheOther");

    for (String name : List.of("here fails", "there fails", "here + mail fail")) {
      assertEquals("passed", results.get(name), results::toString);
    }
    assertTrue(
        String.valueOf(results.get("here + there fail"))
            .startsWith(
                "here + there are said to be weak, but behave strong together: the test fails when"
                    + " both fail, with "),
        results::toString);
  }

  @Test
  void failsWhenThereIsNothingToDrill() {
    assertTrue(
        run("nothingSaid").values().stream()
            .anyMatch(result -> result.startsWith("there is nothing to drill")));
  }
}
