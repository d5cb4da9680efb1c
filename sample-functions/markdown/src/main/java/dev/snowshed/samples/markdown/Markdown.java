package dev.snowshed.samples.markdown;

import dev.snowshed.function.Function;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders CommonMark as HTML.
 *
 * <p>As the specification has it, HTML in the text passes through. For text by strangers, build the
 * renderer with {@code escapeHtml(true)} and {@code sanitizeUrls(true)}.
 */
public final class Markdown {
  private final Parser parser = Parser.builder().build();
  private final HtmlRenderer renderer = HtmlRenderer.builder().percentEncodeUrls(true).build();

  /** Renders a text. */
  @Function(
      name = "markdown",
      timeout = "5s",
      consumes = "text/markdown",
      produces = "text/html;charset=utf-8")
  public String render(String markdown) {
    return renderer.render(parser.parse(markdown));
  }
}
