package dev.snowshed.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of traffic, as people meet it. */
class TrafficPageIT {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private static final String KNOWN =
      """
      {"name":"NAME","unknownBecause":null,"bottleneck":"processors","utilization":0.62,"headroom":0.38,
       "safeConcurrency":{"value":8,"low":7,"high":9,"ageSeconds":12,"source":"measured"},
       "safeThroughput":{"value":100,"low":95,"high":105,"ageSeconds":12,"source":"measured"},
       "latencyAtSafeMillis":{"value":80,"low":75,"high":85,"ageSeconds":12,"source":"measured"},
       "costHostSeconds":{"value":0.01,"low":0.0095,"high":0.0105,"ageSeconds":12,"source":"measured"},
       "inMixPerSecond":90,
       "demand":{"offeredPerSecond":62,"offeredConcurrency":4,"refusedPerSecond":3.5,
                 "retriesPerSecond":0,"byCriticality":{"critical":50,"sheddable":12,"critical-plus":0}},
       "forecast":[{"inSeconds":60,"perSecond":70,"low":60,"high":80}],
       "fit":{"kind":"usl","lambda":20,"sigma":0.05,"kappa":0.001},
       "curve":[{"concurrency":1,"perSecond":20,"latencyMillis":50},
                {"concurrency":4,"perSecond":65,"latencyMillis":61},
                {"concurrency":8,"perSecond":100,"latencyMillis":80}]}
      """;

  private static final String UNKNOWN =
      """
      {"name":"NAME","unknownBecause":"only up to 31 % of the processors were in use",
       "bottleneck":"unknown","utilization":null,"headroom":null,"safeConcurrency":null,
       "safeThroughput":null,"latencyAtSafeMillis":null,"inMixPerSecond":null,
       "costHostSeconds":null,
       "demand":{"offeredPerSecond":5,"offeredConcurrency":0.1,"refusedPerSecond":0,
                 "retriesPerSecond":0,"byCriticality":{}},
       "forecast":[],"fit":{"kind":"none"},"curve":[]}
      """;

  @RegisterExtension static final Stage STAGE = new Stage();

  private static String traffic(String utilization, String... functions) {
    return "{\"id\":\"host1\",\"functions\":["
        + String.join(",", functions)
        + "],\"host\":{\"utilization\":"
        + utilization
        + "}}";
  }

  private static String both() {
    return traffic("0.9", KNOWN.replace("NAME", "quote"), UNKNOWN.replace("NAME", "markdown"));
  }

  private static Visit open(@Nullable String json, int width, ColorScheme scheme) {
    return Visit.to(
        STAGE.chromium().browser(),
        STAGE.host().management("/snowshed/console/traffic").toString(),
        "traffic",
        json,
        width,
        scheme);
  }

  private static Locator card(Page page, String function) {
    return page.locator("section[data-function='" + function + "']");
  }

  @Test
  void tellsWhatIsCarriedAndWhatIsAsked() {
    try (Visit visit = open(both(), 1280, ColorScheme.LIGHT)) {
      Page page = visit.page();
      for (String told :
          new String[] {
            "100/s",
            "95/s to 105/s, measured 12 s ago",
            "80 ms",
            "62/s",
            "critical 50/s",
            "3.5/s",
            "70/s in 1 min (60 to 80)",
            "62 %",
            "● room left",
            "38 %",
            "the host's processors"
          }) {
        assertThat(card(page, "quote")).containsText(told);
      }
      assertThat(card(page, "quote")).not().containsText("critical-plus");
      assertThat(page.locator("#host-said")).containsText("▲ less than a fifth left");
      assertThat(page.locator("nav a[aria-current=page]")).hasText("Traffic");
    }
  }

  @Test
  void saysWhyItDoesNotKnow() {
    try (Visit visit = open(both(), 1280, ColorScheme.LIGHT)) {
      assertThat(card(visit.page(), "markdown"))
          .containsText("Not known: only up to 31 % of the processors were in use.");
      assertThat(card(visit.page(), "markdown")).containsText("No curve yet");
      assertThat(card(visit.page(), "markdown").locator("svg")).hasCount(0);
    }
  }

  @Test
  void drawsTheCurveTheKneeAndTodaysDemand() {
    try (Visit visit = open(both(), 1280, ColorScheme.LIGHT)) {
      Locator svg = card(visit.page(), "quote").locator("svg");
      assertThat(svg.locator(".seen")).hasCount(3);
      assertThat(svg.locator(".line")).hasCount(2);
      double knee = number(svg.locator(".knee"), "cx");
      double last = number(svg.locator(".seen").nth(2), "cx");
      assertEquals(last, knee, 0.5, "the safe concurrency is that of the last point");
      double demand = number(svg.locator(".demand-line"), "y1");
      assertTrue(demand > number(svg.locator(".knee"), "cy"), "62 per second are below 100");
      assertTrue(demand < number(svg.locator(".seen").first(), "cy"), "and above 20");
      assertThat(svg)
          .hasAttribute(
              "aria-label",
              "Throughput and latency of quote by requests in flight. The safe point is at 8 in"
                  + " flight, 100 per second.");
    }
  }

  private static double number(Locator locator, String attribute) {
    return Double.parseDouble(Objects.requireNonNull(locator.getAttribute(attribute)));
  }

  @Test
  void followsTheHost() {
    try (Visit visit = open(both(), 1280, ColorScheme.LIGHT)) {
      assertThat(card(visit.page(), "quote")).isVisible();
      visit.answer(
          traffic(
              "1.3",
              UNKNOWN.replace("NAME", "markdown"),
              KNOWN.replace("NAME", "quote").replace("0.62", "1.24").replace("0.38", "-0.24")));
      assertThat(card(visit.page(), "quote")).containsText("✕ more than it carries");
      assertThat(card(visit.page(), "quote")).containsText("−24 %");
      assertThat(visit.page().locator("#host-said")).containsText("130 %");
      visit.answer(traffic("null"));
      assertThat(visit.page().locator("#empty")).isVisible();
      assertThat(visit.page().locator("#functions section")).hasCount(0);
    }
  }

  @Test
  void takesNamesAsTextWhateverTheyContain() {
    String json = traffic("null", UNKNOWN.replace("NAME", HOSTILE).replace("only up to", HOSTILE));
    try (Visit visit = open(json, 1280, ColorScheme.LIGHT)) {
      assertThat(visit.page().locator("#functions h2")).hasText(HOSTILE);
      assertThat(visit.page().locator("main img")).hasCount(0);
    }
  }

  @Test
  void showsWhatTheHostReallySays() {
    try (Visit visit = open(null, 1280, ColorScheme.LIGHT)) {
      assertThat(visit.page().locator("#live")).containsText("Live");
      assertThat(card(visit.page(), "quote")).containsText("Not known");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "375, LIGHT", "320, DARK"})
  void isReadableAtEachWidthInEachScheme(int width, ColorScheme scheme) {
    String json =
        traffic("0.9", KNOWN.replace("NAME", "quote"), UNKNOWN.replace("NAME", "f".repeat(64)));
    try (Visit visit = open(json, width, scheme)) {
      Page page = visit.page();
      assertThat(card(page, "quote")).isVisible();
      assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
      assertEquals(List.of(), Accessibility.violations(page));
      visit.keep("traffic-" + width + "-" + scheme);
    }
  }
}
