package dev.snowshed.runtime.logging;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Makes the console log one JSON object a line. */
public final class JsonLog {
  private JsonLog() {}

  /** Switches the console's format, for the life of the process. */
  public static void install() {
    JsonFormatter formatter = new JsonFormatter();
    formatter.setPrettyPrint(false);
    for (Handler handler : LogContext.getLogContext().getLogger("").getHandlers()) {
      format(handler, formatter);
    }
  }

  private static void format(Handler handler, Formatter formatter) {
    if (handler instanceof ConsoleHandler) {
      handler.setFormatter(formatter);
    } else if (handler instanceof ExtHandler outer) {
      for (Handler inner : outer.getHandlers()) {
        format(inner, formatter);
      }
    }
  }
}
