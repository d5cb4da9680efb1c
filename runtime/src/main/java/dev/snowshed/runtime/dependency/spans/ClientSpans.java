package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.runtime.dependency.Covered;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.ContextStorage;
import org.jboss.logging.Logger;

/**
 * Hears of the spans of functions, from the first class of OpenTelemetry on that one of them loads;
 * before that nothing of it is loaded. Safe for concurrent use.
 */
public final class ClientSpans {
  private ClientSpans() {}

  /** From now on. Once in a process; more often does nothing. */
  public static void watch() {
    if (!Covered.isWatching()) {
      begin();
    }
  }

  private static synchronized void begin() {
    if (!Covered.isWatching()) {
      Setup.run();
      Covered.watch();
    }
  }

  /** A function's code leaves the current thread. */
  public static void leave() {
    if (Covered.isWatching()) {
      CallContexts.clear();
    }
  }

  /** Apart, as a class is loaded with those that it hands on. */
  private static final class Setup {
    private static final Logger LOG = Logger.getLogger(ClientSpans.class);

    private Setup() {}

    static void run() {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      // what is looked up once for the process must not come from a function
      thread.setContextClassLoader(ClientSpans.class.getClassLoader());
      try {
        ContextStorage.addWrapper(_ -> new CallContexts());
        GlobalOpenTelemetry.set(new WatchingOpenTelemetry());
        if (!(ContextStorage.get() instanceof CallContexts)) {
          LOG.warn("OpenTelemetry's context is kept elsewhere: spans of functions are not seen");
        }
      } catch (IllegalStateException e) {
        LOG.warnf("OpenTelemetry was set up by another: spans of functions are not seen (%s)", e);
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
