package dev.snowshed.runtime.drill.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurlLineTest {

  @Test
  void readsAnExample() {
    CurlLine line =
        CurlLine.parse(
            "curl -i -H 'Content-Type: application/json' -d '{\"customer\": \"ada\"}' $H/quote");

    assertEquals("quote", line.function());
    assertEquals("POST", line.request().method());
    assertEquals("", line.request().path());
    assertEquals(Map.of("Content-Type", "application/json"), line.request().headers());
    assertEquals(Optional.of("{\"customer\": \"ada\"}"), line.request().body());
  }

  @Test
  void readsAWholeAddress() {
    CurlLine line = CurlLine.parse("curl -X DELETE http://localhost:8080/functions/cart/7?now=1");

    assertEquals("cart", line.function());
    assertEquals("DELETE", line.request().method());
    assertEquals("/7?now=1", line.request().path());
    assertTrue(line.request().body().isEmpty());
  }

  @Test
  void quotesAsAShellDoes() {
    CurlLine line = CurlLine.parse("curl -d \"it's \\\"so\\\"\"' \\n$x'\\  \"$H/echo\"");

    assertEquals(Optional.of("it's \"so\" \\n$x "), line.request().body());
    assertEquals("application/x-www-form-urlencoded", line.request().headers().get("content-type"));
  }

  @Test
  void knowsTheShortWayToSendJson() {
    CurlLine line = CurlLine.parse("curl --json '[1]' $H/total");

    assertEquals("application/json", line.request().headers().get("Content-Type"));
    assertEquals("POST", line.request().method());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "printf x | curl -d @- $H/a ! '|' outside of quotes",
        "wget $H/a ! begins with curl",
        "curl $H/a | jq . ! '|'",
        "curl -d @file $H/a ! names a file",
        "curl -d 'x $H/a ! single quote is not closed",
        "curl -d \"$SECRET\" $H/a ! '$' is not understood",
        "curl -d \"x ! double quote is not closed",
        "curl -d $(cat /etc/passwd) $H/a ! '$' is not understood",
        "curl -H nothing $H/a ! is no header",
        "curl --upload-file x $H/a ! --upload-file",
        "curl -d ! value of an option",
        "curl http://localhost:8080/other ! the address is",
        "curl -H 'X-Snowshed-Drill: a;1' $H/a ! X-Snowshed-Drill",
        "curl -H 'Content-Length: 5' $H/a ! Content-Length",
      })
  void refusesTheRest(String line, String message) {
    Exception refusal = assertThrows(IllegalArgumentException.class, () -> CurlLine.parse(line));

    assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
  }
}
