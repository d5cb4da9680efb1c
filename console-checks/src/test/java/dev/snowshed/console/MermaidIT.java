package dev.snowshed.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The map that a host gives as Mermaid, drawn by Mermaid itself. */
class MermaidIT {
  private static final String LIBRARY =
      "/META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js";
  private static final String PATH = "/snowshed/dependencies";

  @RegisterExtension static final Stage STAGE = new Stage();

  /** Of a hundred calls each, how many failed when the dependency failed or was slow. */
  private static String stratum(int failed) {
    return """
        {"oldestNanos": 1, "newestNanos": 1, "drilled": true,
         "failed": {"failed": %1$d, "of": 100}, "slow": {"failed": %1$d, "of": 100},
         "partly": {"failed": 0, "of": 0}, "fine": {"failed": 0, "of": 100},
         "fineInTime": {"failed": 0, "of": 100}}
        """
        .formatted(failed);
  }

  /** What drills on another host have shown. */
  private static String evidence() {
    return """
        {"format": "snowshed-evidence/1", "takenAt": "%s", "functions": [{"name": "quote",
         "testimonies": [{"source": "staging", "sequence": 1, "ageNanos": 0, "strata": {
           "catalog": [%s], "recommendations": [%s], "promotions": [%s], "(other)": [%s]}}]}]}
        """
        .formatted(Instant.now(), stratum(100), stratum(98), stratum(0), stratum(0));
  }

  private static String map() throws IOException, InterruptedException {
    ConsoleHost asked = STAGE.host();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> taken =
          client.send(
              HttpRequest.newBuilder(asked.management(PATH + "/evidence"))
                  .POST(BodyPublishers.ofString(evidence()))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, taken.statusCode(), taken::body);
      return client
          .send(
              HttpRequest.newBuilder(asked.management(PATH))
                  .header("Accept", "text/vnd.mermaid")
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static String library() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MermaidIT.class.getResourceAsStream(LIBRARY), LIBRARY)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isDrawnByMermaid() throws IOException, InterruptedException {
    String map = map();
    try (Page page = STAGE.chromium().browser().newPage()) {
      page.addScriptTag(new Page.AddScriptTagOptions().setContent(library()));
      Map<?, ?> drawn =
          (Map<?, ?>)
              page.evaluate(
                  """
                  async (text) => {
                    mermaid.initialize({ startOnLoad: false });
                    const kind = (await mermaid.parse(text)).diagramType;
                    document.body.innerHTML = (await mermaid.render("map", text)).svg;
                    const texts = (selector) => [...document.querySelectorAll(selector)]
                        .map((each) => each.textContent.trim()).filter((each) => each);
                    return {
                      kind,
                      nodes: texts(".node"),
                      labels: texts(".edgeLabel p"),
                      dashes: [...document.querySelectorAll("path.flowchart-link")]
                          .map((each) => getComputedStyle(each).strokeDasharray),
                      strokes: [...document.querySelectorAll("path.flowchart-link")]
                          .map((each) => getComputedStyle(each).stroke),
                    };
                  }
                  """,
                  map);

      assertEquals("flowchart-v2", drawn.get("kind"), map);
      assertEquals(
          List.of("(other)", "catalog", "promotions", "quote", "recommendations"),
          sorted(drawn.get("nodes")));
      List<String> labels = sorted(drawn.get("labels"));
      assertEquals(4, labels.size(), map);
      assertTrue(
          labels.stream().anyMatch(each -> each.matches("weak \\d\\d %, idle")), "" + labels);
      assertTrue(
          labels.stream().anyMatch(each -> each.matches("strong \\d\\d %, declared weak, idle")),
          "" + labels);
      assertEquals(List.of("0px", "0px", "2px, 4px", "8px, 5px"), sorted(drawn.get("dashes")), map);
      assertEquals(4, sorted(drawn.get("strokes")).size(), map);
    }
  }

  private static List<String> sorted(@Nullable Object texts) {
    return ((List<?>) Objects.requireNonNull(texts))
        .stream().map(String::valueOf).sorted().collect(Collectors.toList());
  }
}
