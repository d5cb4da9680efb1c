package dev.snowshed.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a stream that blocks its reader until bytes have come, and its sender while
 * the reader is slow: at most {@link #WINDOW} chunks are held. Filled by the event loop, read by
 * one other thread.
 */
final class BodyStream extends InputStream {
  private static final int WINDOW = 8;

  /** About how many bytes a stream holds at most: a window of what is read at once. */
  static final long MOST_HELD = WINDOW * 65_536L;

  private final HttpServerRequest request;
  private final LoopQueue loop;
  private final long maxBytes;
  private final Runnable onTooLarge;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private final ArrayDeque<Buffer> chunks = new ArrayDeque<>();

  /** Guarded by lock. */
  private boolean ended;

  /** Guarded by lock. */
  private @Nullable IOException failure;

  /** The event loop's own. */
  private long received;

  /** The event loop's own. */
  private boolean tooLarge;

  /** The reader's own. */
  private Buffer current = Buffer.buffer();

  /** The reader's own. */
  private int position;

  /** The reader's own: chunks taken since the last were asked for. */
  private int taken;

  private BodyStream(
      HttpServerRequest request, LoopQueue loop, long maxBytes, Runnable onTooLarge) {
    this.request = request;
    this.loop = loop;
    this.maxBytes = maxBytes;
    this.onTooLarge = onTooLarge;
  }

  /** Starts receiving. To be called on the request's event loop. */
  static BodyStream open(
      HttpServerRequest request, LoopQueue loop, long maxBytes, Runnable onTooLarge) {
    BodyStream stream = new BodyStream(request, loop, maxBytes, onTooLarge);
    request.pause();
    request.handler(stream::arrived);
    request.endHandler(_ -> stream.close(null));
    request.fetch(WINDOW);
    return stream;
  }

  /** Ends the stream with a failure: the caller went away. */
  void fail(Throwable cause) {
    close(new IOException("the caller went away: " + cause.getMessage(), cause));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (position == current.length()) {
      if (!advance()) {
        return -1;
      }
    }
    int count = Math.min(length, current.length() - position);
    current.getBytes(position, position + count, target, offset);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return current.length() - position;
  }

  private boolean advance() throws IOException {
    lock.lock();
    try {
      while (chunks.isEmpty()) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        if (ended) {
          return false;
        }
        changed.await();
      }
      current = chunks.removeFirst();
      position = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
    } finally {
      lock.unlock();
    }
    askForMore();
    return true;
  }

  private void askForMore() {
    if (++taken >= WINDOW / 2) {
      int more = taken;
      taken = 0;
      loop.runOnLoop(() -> request.fetch(more));
    }
  }

  private void arrived(Buffer chunk) {
    received += chunk.length();
    if (received > maxBytes) {
      if (!tooLarge) {
        tooLarge = true;
        onTooLarge.run();
        close(new IOException("the body is larger than " + maxBytes + " bytes"));
      }
      return;
    }
    lock.lock();
    try {
      chunks.add(chunk);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void close(@Nullable IOException cause) {
    lock.lock();
    try {
      ended = true;
      if (failure == null) {
        failure = cause;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
