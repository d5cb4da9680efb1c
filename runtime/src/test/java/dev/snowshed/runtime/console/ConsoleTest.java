package dev.snowshed.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"([^\"#./]+\\.[a-z.]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

  private final Console console = Console.load();

  @Test
  void servesAllThatItsPagesReferTo() {
    for (Page page : Page.values()) {
      String html = body(page.path());
      assertEquals(4, REFERENCE.matcher(html).results().map(found -> body(found.group(1))).count());
      IMPORT.matcher(body(page.path() + ".js")).results().forEach(found -> body(found.group(1)));
    }
    assertTrue(console.find("frame.html").isEmpty(), "what is no page is not served");
  }

  private String body(String name) {
    return console.find(name).orElseThrow(() -> new AssertionError(name)).body();
  }

  @Test
  void framesEachPage() {
    for (Page page : Page.values()) {
      String html = body(page.path());
      assertTrue(html.contains("<title>" + page.title() + " · Snowshed</title>"), html);
      assertTrue(
          html.contains(
              "<a href=\"%s\" aria-current=\"page\">%s</a>".formatted(page.path(), page.title())),
          html);
      assertFalse(html.contains("{{"), html);
    }
  }

  @Test
  void tagsContentByWhatItIs() {
    assertEquals(Asset.of("a", "text").tag(), Asset.of("a", "text").tag());
    assertNotEquals(Asset.of("a", "text").tag(), Asset.of("a", "texts").tag());
  }
}
