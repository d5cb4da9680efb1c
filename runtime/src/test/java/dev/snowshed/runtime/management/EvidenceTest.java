package dev.snowshed.runtime.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.dependency.Evidence;
import dev.snowshed.core.dependency.Strength;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Leaning staging =
      new Leaning("quote", "staging")
          .call(300, "catalog", false, false)
          .call(300, "catalog", true, true);

  private final Evidence taken = staging.statistics().evidence(staging.nowNanos());

  private String json() {
    return EvidenceWriter.of(List.of(taken), NOON).toString();
  }

  private static List<Evidence> read(String json) throws BadEvidence {
    return EvidenceReader.read(json.getBytes(StandardCharsets.UTF_8), NOON);
  }

  private static String refusal(String json) {
    return String.valueOf(assertThrows(BadEvidence.class, () -> read(json)).getMessage());
  }

  @Test
  void isReadAsItWasWritten() throws BadEvidence {
    assertEquals(List.of(taken), read(json()));
  }

  @Test
  void agesByTheTimeThatHasPassed() throws BadEvidence {
    List<Evidence> later =
        EvidenceReader.read(json().getBytes(StandardCharsets.UTF_8), NOON.plusSeconds(60));
    assertEquals(List.of(taken.aged(60_000_000_000L)), later);
  }

  @Test
  void informsAnotherHostOnce() throws BadEvidence {
    Leaning drilled = new Leaning("quote", "staging").failInSome(30, "catalog");
    Evidence there = drilled.statistics().evidence(drilled.nowNanos());
    String json = EvidenceWriter.of(List.of(there), NOON).toString();
    Leaning production = new Leaning("quote", "production").call(10, "catalog", false, false);
    for (int i = 0; i < 2; i++) {
      for (Evidence each : read(json)) {
        production.statistics().merge(each, production.nowNanos());
      }
      var edge = production.statistics().snapshot(production.nowNanos()).edges().getFirst();
      assertEquals(Strength.STRONG, edge.verdict().strength());
      assertEquals(300, edge.failedGivenFailed().of());
      assertEquals(10, edge.calls());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snowshed-evidence/1 | other | /format must be \"snowshed-evidence/1\", was \"other\"",
        "\"takenAt\":\"2026 | \"takenAt\":\"yesterday 2026 | /takenAt must be a time such as",
        "\"name\":\"quote\" | \"name\":7 | /functions/0/name must be a text, was 7",
        "\"source\":\"staging\" | \"source\":\" \" | /functions/0/testimonies/0/source must have 1 to",
        "\"source\":\"staging\", | '' | /functions/0/testimonies/0/source must be a text; it is missing",
        "\"sequence\": | \"sequence\":1. | /functions/0/testimonies/0/sequence must be a whole number",
        "\"ageNanos\": | \"ageNanos\":-1 | /functions/0/testimonies/0/ageNanos must be a whole number",
        "\"catalog\":[ | \"a/b\":[ | /functions/0/testimonies/0/strata/a~1b stands under a name",
        "\"drilled\":false | \"drilled\":0 | /functions/0/testimonies/0/strata/catalog/0/drilled must be",
        "\"failed\":300 | \"failed\":9999 | catalog/0/failed/failed must be at most of, 300, was 9999",
        "\"of\":300 | \"of\":99999999999999999999 | /of must be a whole number from 0 to",
        "\"functions\":[ | \"functions\":7,\"x\":[ | /functions must be an array, was 7",
        "]}]}]}}] | '' | The JSON is not whole",
      })
  void namesWhatIsWrong(String written, String instead, String problem) {
    String good = json();
    String bad =
        written.startsWith("]")
            ? good.substring(0, good.length() - 5)
            : good.replaceFirst(Pattern.quote(written), instead);
    assertTrue(!bad.equals(good), good);
    String message = refusal(bad);
    assertTrue(message.contains(problem), message);
  }

  @Test
  void takesNoTwoTestimoniesOfOneSource() {
    ObjectNode root = EvidenceWriter.of(List.of(taken), NOON);
    var testimonies = root.withArray("functions").get(0).withArray("testimonies");
    ((ArrayNode) testimonies).add(testimonies.get(0).deepCopy());
    String message = refusal(root.toString());
    assertTrue(message.startsWith("/functions/0/testimonies/1/source names a source"), message);
  }

  @Test
  void takesNothingThatIsNotJson() {
    for (String bad : new String[] {"", "[]", "null", "{} {}", "snow"}) {
      assertThrows(BadEvidence.class, () -> read(bad), bad);
    }
  }
}
