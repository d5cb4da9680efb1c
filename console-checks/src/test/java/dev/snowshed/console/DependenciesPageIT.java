package dev.snowshed.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of dependencies, as people meet it. */
class DependenciesPageIT {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  @RegisterExtension static final Stage STAGE = new Stage();

  private static Visit open(@Nullable Report report, int width, ColorScheme scheme) {
    Visit visit =
        Visit.to(
            STAGE.chromium().browser(),
            STAGE.host().management("/snowshed/console").toString(),
            "dependencies",
            report == null ? null : report.toString(),
            width,
            scheme);
    if (report != null) {
      assertThat(visit.page().locator("#evidence tr").first()).isVisible();
    }
    return visit;
  }

  private static Visit open() {
    return open(Report.ofEachKind(), 1280, ColorScheme.LIGHT);
  }

  /** A line of the map as it was drawn; its key is that of the page. */
  private record Drawn(String style, List<?> dashes, String colour, double width, String note) {}

  private static Map<String, Drawn> lines(Page page) {
    Object drawn =
        page.evaluate(
            """
            () => document.getElementById("map")._cyreg.cy.edges().map((edge) => ({
              key: JSON.parse(edge.id()).join(" "),
              style: edge.style("line-style"),
              dashes: edge.pstyle("line-dash-pattern").value,
              colour: edge.style("line-color"),
              width: edge.numericStyle("width"),
              note: edge.style("source-label") + edge.style("target-label"),
            }))
            """);
    return ((List<?>) drawn)
        .stream()
            .map(each -> (Map<?, ?>) each)
            .collect(
                Collectors.toMap(
                    each -> (String) Objects.requireNonNull(each.get("key")),
                    each ->
                        new Drawn(
                            (String) Objects.requireNonNull(each.get("style")),
                            (List<?>) Objects.requireNonNull(each.get("dashes")),
                            (String) Objects.requireNonNull(each.get("colour")),
                            ((Number) Objects.requireNonNull(each.get("width"))).doubleValue(),
                            (String) Objects.requireNonNull(each.get("note")))));
  }

  private static Drawn line(Page page, String key) {
    return Objects.requireNonNull(lines(page).get(key), key);
  }

  @Test
  void showsWhatTheHostItselfKnows() {
    try (Visit visit = open(null, 1280, ColorScheme.LIGHT)) {
      Page page = visit.page();
      for (String dependency : new String[] {"catalog", "promotions", "recommendations"}) {
        assertThat(row(page, "quote → " + dependency)).containsText("unknown");
      }
      assertThat(row(page, "quote → catalog")).containsText("declared strong");
      assertThat(page.locator("#mismatch-list")).hasText("None.");
      assertEquals(3, lines(page).size());
    }
  }

  @Test
  void drawsStrongSolidWeakDashedAndUnknownGrey() {
    try (Visit visit = open()) {
      Page page = visit.page();
      assertEquals(7, lines(page).size());
      assertEquals("solid", line(page, "quote catalog").style());
      assertEquals("dashed", line(page, "quote stock").style());
      assertEquals("dashed", line(page, "quote pricing").style());
      assertTrue(
          !line(page, "quote pricing").dashes().equals(line(page, "quote stock").dashes()),
          "unknown is told from weak without colour");
      assertEquals(rgb(page, "--idle"), line(page, "quote pricing").colour());
      visit.keep("wide-light");
    }
  }

  @Test
  void drawsMoreCallsThickerAndHealthAsColourAndSign() {
    try (Visit visit = open()) {
      Page page = visit.page();
      assertTrue(line(page, "quote catalog").width() > line(page, "quote stock").width());
      assertTrue(line(page, "quote stock").width() > line(page, "quote audit-log").width());
      assertEquals(rgb(page, "--good"), line(page, "quote catalog").colour());
      assertEquals(rgb(page, "--impaired"), line(page, "quote recommendations").colour());
      assertEquals(rgb(page, "--bad"), line(page, "quote stock").colour());
      assertEquals("● good", line(page, "quote catalog").note());
      assertEquals("⚠ declared weak▲ 7 % errors", line(page, "quote recommendations").note());
      assertEquals("✕ breaker open", line(page, "quote stock").note());
      assertEquals("○ idle", line(page, "quote audit-log").note());
    }
  }

  private static String rgb(Page page, String property) {
    return (String)
        page.evaluate(
            """
            (property) => {
              const probe = document.createElement("span");
              probe.style.color = `var(${property})`;
              document.body.append(probe);
              const colour = getComputedStyle(probe).color;
              probe.remove();
              return colour.replaceAll(" ", "");
            }
            """,
            property);
  }

  @Test
  void headsWithWhatIsDeclaredWeakAndBehavesStrong() {
    try (Visit visit = open()) {
      Locator list = visit.page().locator("#mismatch-list");
      assertThat(list.locator("li")).hasCount(1);
      assertThat(list).containsText("quote → recommendations");
      list.locator("button").click();
      assertThat(visit.page().locator("tr[data-selected=true] th"))
          .hasText("quote → recommendations");
      visit.answer(new Report().toString());
      assertThat(list).hasText("None.");
    }
  }

  @Test
  void tellsAllOfItInTheTable() {
    try (Visit visit = open()) {
      Locator row = row(visit.page(), "quote → stock");
      for (String told :
          new String[] {
            "weak",
            "97 % sure",
            "✕ bad",
            "breaker open",
            "4,000 in all",
            "62 %",
            "2,480 failed",
            "p50 12.3 ms",
            "p99 81.5 ms",
            "42 % of its time",
            "412 failures of stock",
            "between −0.3 % and 0.6 %",
            "seen from 1 h to 3 s ago"
          }) {
        assertThat(row).containsText(told);
      }
      assertThat(row(visit.page(), "quote → pricing"))
          .containsText("Unknown: pricing has failed in fewer than 20 calls");
    }
  }

  private static Locator row(Page page, String name) {
    return page.locator("#evidence tr")
        .filter(new Locator.FilterOptions().setHasText(name))
        .first();
  }

  @Test
  void isWalkedThroughByKeyboard() {
    try (Visit visit = open()) {
      Page page = visit.page();
      Locator map = page.locator("#map");
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      for (int i = 0; i < 10 && !isFocused(map); i++) {
        page.keyboard().press("Tab");
      }
      assertThat(map).isFocused();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowDown");
      assertThat(page.locator("#selected")).containsText("quote → catalog: strong, 97 % sure");
      assertThat(page.locator("#announcement")).containsText("quote → catalog");
      visit.keep("selected");
      page.keyboard().press("Enter");
      assertThat(row(page, "quote → catalog").locator("button")).isFocused();
      map.focus();
      page.keyboard().press("Escape");
      assertThat(page.locator("#selected")).isHidden();
    }
  }

  private static boolean isFocused(Locator locator) {
    return (boolean) locator.evaluate("element => element === document.activeElement");
  }

  @Test
  void followsTheHostAndKeepsFocus() {
    try (Visit visit = open()) {
      Page page = visit.page();
      row(page, "quote → catalog").locator("button").focus();
      Report next = new Report();
      Report.line(next.function("quote"), "catalog", "strong", "weak", "bad", 12_600, 0.9);
      visit.answer(next.toString());
      assertThat(page.locator("#evidence tr")).hasCount(1);
      assertThat(row(page, "quote → catalog")).containsText("12,600 in all");
      assertThat(row(page, "quote → catalog").locator("button")).isFocused();
      assertEquals("dashed", line(page, "quote catalog").style());
      assertEquals(rgb(page, "--bad"), line(page, "quote catalog").colour());
      visit.answer((String) null);
      assertThat(page.locator("#live")).containsText("No answer");
      assertThat(page.locator("#evidence tr")).hasCount(1);
      visit.answer(new Report().toString());
      assertThat(page.locator("#empty")).isVisible();
      assertThat(page.locator("#live")).containsText("Live");
    }
  }

  @Test
  void pauses() {
    try (Visit visit = open()) {
      Page page = visit.page();
      page.locator("#pause").click();
      assertThat(page.locator("#live")).hasText("Paused");
      visit.answer(new Report().toString());
      page.locator("#pause").click();
      assertThat(page.locator("#empty")).isVisible();
    }
  }

  @Test
  void showsOneFunctionAlone() {
    try (Visit visit = open()) {
      visit.page().locator("#function").selectOption("orders-import");
      assertThat(visit.page().locator("#evidence tr")).hasCount(2);
      assertEquals(2, lines(visit.page()).size());
    }
  }

  @Test
  void takesNamesAsTextWhateverTheyContain() {
    Report report = new Report();
    Report.line(report.function(HOSTILE), HOSTILE, "weak", "strong", HOSTILE, 10, 0.1)
        .put("evidence", "<script>alert(2)</script>")
        .put("breaker", HOSTILE);
    report.mismatch(HOSTILE, HOSTILE);
    try (Visit visit = open(report, 1280, ColorScheme.LIGHT)) {
      Page page = visit.page();
      assertThat(page.locator("#evidence")).containsText(HOSTILE);
      assertThat(page.locator("#evidence")).containsText("<script>alert(2)</script>");
      page.locator("#mismatch-list button").click();
      assertThat(page.locator("#selected")).containsText(HOSTILE);
      assertThat(page.locator("main img, main script")).hasCount(0);
    }
  }

  @Test
  void letsNothingInlineRun() {
    try (Visit visit = open()) {
      Response page = Objects.requireNonNull(visit.page().reload());
      String policy = Objects.requireNonNull(page.headerValue("content-security-policy"));
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertTrue(!policy.contains("unsafe"), policy);
      assertTrue(page.url().endsWith("/snowshed/console/dependencies"), page.url());
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "375, LIGHT", "375, DARK", "320, LIGHT"})
  void isReadableAtEachWidthInEachScheme(int width, ColorScheme scheme) {
    Report report = Report.ofEachKind();
    Report.line(report.function("f".repeat(64)), "d".repeat(64), "weak", "weak", "good", 5, 0);
    try (Visit visit = open(report, width, scheme)) {
      Page page = visit.page();
      row(page, "quote → stock").locator("button").click();
      assertEquals(
          width, page.evaluate("document.documentElement.scrollWidth"), () -> tooWide(page));
      assertEquals(List.of(), Accessibility.violations(page));
      assertTrue(Accessibility.leastContrast(page) >= 4.5, "contrast");
      visit.keep(width + "-" + scheme);
    }
  }

  private static String tooWide(Page page) {
    Object elements =
        page.evaluate(
            "[...document.querySelectorAll('*')]"
                + ".filter(each => each.getBoundingClientRect().right > innerWidth)"
                + ".map(each => each.outerHTML.slice(0, 200)).join('\\n')");
    return String.valueOf(elements);
  }
}
