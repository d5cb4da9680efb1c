package dev.snowshed.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Checks of a page for those who see little or use no mouse. */
final class Accessibility {
  private static final String AXE = axe();

  /** Of all texts, and of the map's colours on its ground, by WCAG 2.2's formula. */
  private static final String LEAST_CONTRAST =
      """
      () => {
        const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const linear = (c) => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
        const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const contrast = (a, b) => {
          const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
          return (high + 0.05) / (low + 0.05);
        };
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const colour = numbers(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
          }
          return [255, 255, 255];
        };
        let least = 21;
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const element = texts.currentNode.parentElement;
          if (texts.currentNode.textContent.trim() && element.checkVisibility()
              && element.tagName !== "NOSCRIPT" && element.tagName !== "OPTION") {
            least = Math.min(least, contrast(numbers(getComputedStyle(element).color), ground(element)));
          }
        }
        const map = document.getElementById("map");
        for (const edge of map?._cyreg?.cy?.edges() ?? []) {
          for (const style of ["color", "line-color", "target-arrow-color"]) {
            least = Math.min(least, contrast(numbers(edge.style(style)), ground(map)));
          }
        }
        return least;
      }
      """;

  private Accessibility() {}

  /** What axe-core finds wrong, each with the place. */
  static List<?> violations(Page page) {
    page.evaluate(AXE);
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(
              (each) => each.id + ": " + each.nodes.map((node) => node.html).join(" "))
            """);
  }

  /** The least contrast of a text to its ground. */
  static double leastContrast(Page page) {
    return ((Number) page.evaluate(LEAST_CONTRAST)).doubleValue();
  }

  private static String axe() {
    try (InputStream in =
        Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
