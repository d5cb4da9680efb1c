package dev.snowshed.runtime.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that the console serves, by name. Immutable, so safe for concurrent use. */
final class Console {
  private static final String FOLDER = "/console/";
  private static final String HTML = "text/html;charset=utf-8";
  private static final String CSS = "text/css;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";

  private static final String PICTURE = "image/svg+xml";

  private final Map<String, Asset> assets;

  private Console(Map<String, Asset> assets) {
    this.assets = assets;
  }

  /** Reads it from the host's own resources. */
  static Console load() {
    Map<String, Asset> assets = new HashMap<>();
    assets.put("console.css", Asset.of(CSS, read("console.css")));
    assets.put("icon.svg", Asset.of(PICTURE, read("icon.svg")));
    for (String script : List.of("console.js", "map.js", "cytoscape.esm.min.mjs")) {
      assets.put(script, Asset.of(SCRIPT, read(script)));
    }
    String frame = read("frame.html");
    for (Page page : Page.values()) {
      assets.put(page.path(), Asset.of(HTML, framed(frame, page)));
      assets.put(page.path() + ".js", Asset.of(SCRIPT, read(page.path() + ".js")));
    }
    return new Console(Map.copyOf(assets));
  }

  /** What has this name: a page, a script or a style sheet. */
  Optional<Asset> find(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  private static String framed(String frame, Page page) {
    return frame
        .replace("{{title}}", page.title())
        .replace("{{navigation}}", navigation(page))
        .replace("{{script}}", page.path() + ".js")
        .replace("{{main}}", read(page.path() + ".html"));
  }

  private static String navigation(Page current) {
    return Arrays.stream(Page.values())
        .map(page -> link(page, page == current))
        .collect(Collectors.joining("\n"));
  }

  private static String link(Page page, boolean current) {
    return "<li><a href=\"%s\"%s>%s</a></li>"
        .formatted(page.path(), current ? " aria-current=\"page\"" : "", page.title());
  }

  private static String read(String name) {
    try (InputStream in = Console.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("The host's jar lacks " + FOLDER + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FOLDER + name + " from the host's jar", e);
    }
  }
}
