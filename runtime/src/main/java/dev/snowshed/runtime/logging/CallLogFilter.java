package dev.snowshed.runtime.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Puts the function and the request id into the diagnostic context of every log record, so that
 * nothing has to be put there for calls that log nothing. Lets every record pass.
 */
@LoggingFilter(name = "call")
public final class CallLogFilter implements Filter {
  static final String FUNCTION = "function";
  static final String REQUEST_ID = "requestId";

  @Override
  public boolean isLoggable(LogRecord record) {
    CurrentCall.Scope scope = CurrentCall.get();
    if (scope != null && record instanceof ExtLogRecord extended) {
      extended.putMdc(FUNCTION, scope.functionName());
      extended.putMdc(REQUEST_ID, scope.requestId());
    }
    return true;
  }
}
