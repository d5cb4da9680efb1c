package dev.snowshed.runtime.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.core.dependency.Declared;
import dev.snowshed.runtime.dependency.Injections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DrillTest {
  private static Drill drill(String json, Set<String> outOfReach) throws Exception {
    return new Drill(
        "id",
        DrillOrder.of(new ObjectMapper().readTree(json)),
        new Subjects.Subject(Duration.ofSeconds(1), Map.of("catalog", Declared.STRONG), outOfReach),
        System.nanoTime());
  }

  private static Injections marked(Drill drill) {
    return Objects.requireNonNull(drill.mark(0));
  }

  @Test
  void countsMarkedCallsUntilTheyEndHowever() throws Exception {
    Drill drill = drill("{\"function\":\"shop\"}", Set.of());
    Injections answered = marked(drill);
    Injections left = marked(drill);
    assertEquals(2, drill.underWay());

    answered.ended(false, 1, false);
    left.left();
    assertEquals(0, drill.underWay());
  }

  @Test
  void leavesOutWhatOnlySpansTellOf() throws Exception {
    Drill drill = drill("{\"function\":\"shop\"}", Set.of());
    marked(drill).observed("warehouse");
    assertTrue(drill.plan(RandomGenerator.getDefault()));

    assertEquals(List.of("warehouse"), drill.outOfReach());
    assertEquals(List.of(), drill.askedInVain());
    assertFalse(
        drill.drilling().orElseThrow().kinds().stream()
            .anyMatch(kind -> kind.dependencies().contains("warehouse")));
  }

  @Test
  void knowsWhatItIsAskedForInVain() throws Exception {
    String order = "{\"function\":\"shop\",\"dependencies\":[\"catalog\",\"warehouse\"]}";
    assertEquals(
        List.of("catalog", "warehouse"),
        drill(order, Set.of("catalog", "warehouse", "other")).askedInVain());

    Drill drill = drill(order, Set.of("catalog"));
    marked(drill).of("catalog");
    marked(drill).observed("catalog");
    assertEquals(List.of(), drill.askedInVain(), "some calls of it go through the host");
  }

  private static Drill longOne(String more) throws Exception {
    return new Drill(
        "id",
        DrillOrder.of(
            new ObjectMapper().readTree("{\"function\":\"shop\",\"requests\":[{}]" + more + "}")),
        new Subjects.Subject(Duration.ofSeconds(30), Map.of("catalog", Declared.STRONG), Set.of()),
        System.nanoTime());
  }

  @Test
  void takesTheTimeThatItsHangsNeed() throws Exception {
    Drill drill = longOne("");
    marked(drill).ended(false, Duration.ofMillis(20).toNanos(), false);
    assertEquals(DrillTime.LEAST_SECONDS, drill.maxSeconds());

    assertTrue(drill.plan(RandomGenerator.getDefault()));

    assertTrue(drill.maxSeconds() >= 60 * 30 / DrillRun.AT_ONCE, drill.maxSeconds() + " s");
  }

  @Test
  void takesNoMoreTimeThanItWasGiven() throws Exception {
    Drill drill = longOne(",\"maxSeconds\":7");
    assertTrue(drill.plan(RandomGenerator.getDefault()));

    assertEquals(7, drill.maxSeconds());
    Drill.Status status = drill.status(System.nanoTime() + Duration.ofSeconds(8).toNanos());
    assertEquals(Drill.State.OUT_OF_TIME, status.state());
    assertTrue(status.reason().orElseThrow().contains("the function's, which is 30000 ms"));
  }

  @Test
  void doesNotPlanForWhatIsSpared() throws Exception {
    Drill drill = longOne(",\"faults\":[\"hang\"],\"repetitions\":10");
    assertTrue(drill.plan(RandomGenerator.getDefault()));
    int planned = drill.planned();

    drill.spare();

    assertEquals(planned - 1, drill.planned());
  }
}
