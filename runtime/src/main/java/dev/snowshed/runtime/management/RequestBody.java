package dev.snowshed.runtime.management;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * Reads what is sent to the management port, by those who may send it: nothing else does, {@link
 * UnreadBodies} sees to that.
 */
public final class RequestBody {
  private final RoutingContext context;
  private final int maxBytes;
  private final Buffer all = Buffer.buffer();
  private boolean over;

  private RequestBody(RoutingContext context, int maxBytes) {
    this.context = context;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads all of it, or answers 413.
   *
   * @param maxBytes how long it may be
   * @param action takes it, on the event loop
   */
  public static void read(RoutingContext context, int maxBytes, Consumer<Buffer> action) {
    RequestBody body = new RequestBody(context, maxBytes);
    context.request().handler(body::add).endHandler(_ -> body.end(action));
  }

  private void end(Consumer<Buffer> action) {
    if (!over) {
      action.accept(all);
    }
  }

  /** What comes after it is too long is read and dropped, so that the caller gets to the answer. */
  private void add(Buffer more) {
    if (!over && all.length() + (long) more.length() > maxBytes) {
      over = true;
      ManagementAnswer.problem(
          context, 413, "body-too-large", "At most " + maxBytes + " bytes may be sent.");
    } else if (!over) {
      all.appendBuffer(more);
    }
  }
}
