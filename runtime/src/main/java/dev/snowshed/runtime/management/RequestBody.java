package dev.snowshed.runtime.management;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
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
   * Reads all of it, or answers 413: at once if it is announced as too long. Callers that wait to
   * be asked for it are asked.
   *
   * @param maxBytes how long it may be
   * @param action takes it, on the event loop
   */
  public static void read(RoutingContext context, int maxBytes, Consumer<Buffer> action) {
    RequestBody body = new RequestBody(context, maxBytes);
    HttpServerRequest request = context.request();
    request.handler(body::add).endHandler(_ -> body.end(action));
    if (announced(request) > maxBytes) {
      body.refuse();
    } else if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      request.response().writeContinue();
    }
  }

  /** 0 if nothing is announced. */
  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void end(Consumer<Buffer> action) {
    if (!over) {
      action.accept(all);
    }
  }

  /** What comes after it is too long is read and dropped, so that the caller gets to the answer. */
  private void add(Buffer more) {
    if (!over && all.length() + (long) more.length() > maxBytes) {
      refuse();
    } else if (!over) {
      all.appendBuffer(more);
    }
  }

  private void refuse() {
    over = true;
    ManagementAnswer.problem(
        context, 413, "body-too-large", "At most " + maxBytes + " bytes may be sent.");
  }
}
