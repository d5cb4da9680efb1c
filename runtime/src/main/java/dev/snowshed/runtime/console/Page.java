package dev.snowshed.runtime.console;

/**
 * The console's pages, in the order of its navigation. A page's content is {@code NAME.html}, what
 * stands inside {@code <main>}, and its script is the ES module {@code NAME.js}.
 */
enum Page {
  /** Which dependencies functions have, and how strong they are. */
  DEPENDENCIES("dependencies", "Dependencies"),
  /** How much functions carry, and how much is asked of them. */
  TRAFFIC("traffic", "Traffic");

  /** The page that the console opens with. */
  static final Page FIRST = DEPENDENCIES;

  private final String path;
  private final String title;

  Page(String path, String title) {
    this.path = path;
    this.title = title;
  }

  /** Its name, which is the last part of its URL. */
  String path() {
    return path;
  }

  /** What it is called in its heading and in the navigation. */
  String title() {
    return title;
  }
}
