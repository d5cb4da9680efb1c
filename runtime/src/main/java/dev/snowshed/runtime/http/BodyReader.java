package dev.snowshed.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Gathers a whole body, up to a limit. Confined to the request's event loop. */
final class BodyReader {
  private final HttpServerRequest request;
  private final long maxBytes;
  private final Receiver receiver;
  private @Nullable Buffer gathered;

  /** Whether {@link #gathered} is a buffer of its own, and not the first chunk as it came. */
  private boolean owned;

  private boolean done;

  /** Is told of the outcome, once. */
  interface Receiver {
    void received(Buffer body);

    void tooLarge();

    /**
     * Whether so many bytes more may be held; asked for each chunk. If not, this was the outcome.
     */
    boolean holds(int bytes);
  }

  private BodyReader(HttpServerRequest request, long maxBytes, Receiver receiver) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.receiver = receiver;
  }

  static void read(HttpServerRequest request, long maxBytes, Receiver receiver) {
    BodyReader reader = new BodyReader(request, maxBytes, receiver);
    request.handler(reader::chunk);
    request.endHandler(_ -> reader.end());
    request.resume();
  }

  private void chunk(Buffer chunk) {
    if (done) {
      return;
    }
    long size = chunk.length() + (gathered == null ? 0L : gathered.length());
    if (size > maxBytes) {
      done = true;
      gathered = null;
      request.pause();
      receiver.tooLarge();
    } else if (!receiver.holds(chunk.length())) {
      done = true;
      gathered = null;
      request.pause();
    } else if (gathered == null) {
      gathered = chunk;
    } else {
      if (!owned) {
        gathered = Buffer.buffer((int) Math.min(2 * size, maxBytes)).appendBuffer(gathered);
        owned = true;
      }
      gathered.appendBuffer(chunk);
    }
  }

  private void end() {
    if (!done) {
      done = true;
      receiver.received(gathered == null ? Buffer.buffer() : gathered);
    }
  }
}
