package dev.snowshed.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One look at a page of the console, whose JSON the test makes up. Closing it checks that the
 * browser had nothing to complain of. Not safe for concurrent use.
 */
final class Visit implements AutoCloseable {
  private static final Path SHOTS = Path.of("target", "screenshots");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile @Nullable String json;

  private Visit(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (!message.type().equals("log")
              && !message.text().contains("Failed to load resource")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  /**
   * Opens a page.
   *
   * @param browser in which
   * @param url of the page
   * @param json what the page gets when it asks for {@code data}; null for what the host says
   * @param data the last part of the JSON's URL
   * @param width of the window in CSS pixels
   * @param scheme light or dark
   */
  static Visit to(
      Browser browser,
      String url,
      String data,
      @Nullable String json,
      int width,
      ColorScheme scheme) {
    Visit visit =
        new Visit(
            browser.newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)));
    if (json != null) {
      visit.answer(json);
      visit.page.route("**/snowshed/" + data, visit::answer);
    }
    visit.page.navigate(url);
    return visit;
  }

  /** What the page gets from now on; null for no answer at all. */
  void answer(@Nullable String next) {
    json = next;
  }

  private void answer(Route route) {
    String now = json;
    if (now == null) {
      route.abort();
    } else {
      route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(now));
    }
  }

  Page page() {
    return page;
  }

  /** Keeps what is seen now as {@code target/screenshots/NAME.png}. */
  void keep(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    context.close();
    assertEquals(List.of(), complaints, "complaints of the browser");
  }
}
