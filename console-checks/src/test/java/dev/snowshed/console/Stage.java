package dev.snowshed.console;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A host and a browser for all tests of a class. */
final class Stage implements BeforeAllCallback, AfterAllCallback {
  private @Nullable ConsoleHost host;
  private @Nullable Chromium chromium;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    host = ConsoleHost.start();
    chromium = Chromium.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (chromium != null) {
      chromium.close();
    }
    if (host != null) {
      host.close();
    }
  }

  ConsoleHost host() {
    return Objects.requireNonNull(host);
  }

  Chromium chromium() {
    return Objects.requireNonNull(chromium);
  }
}
