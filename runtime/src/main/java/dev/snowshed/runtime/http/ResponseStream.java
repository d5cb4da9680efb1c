package dev.snowshed.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A response's body as a stream that blocks its writer while the caller reads slowly. Written by
 * one thread that is not the event loop.
 */
final class ResponseStream extends OutputStream {
  private static final int CHUNK = 16 * 1024;
  private static final int IN_FLIGHT = 4;
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final HttpServerResponse response;
  private final LoopQueue loop;
  private final Semaphore credit = new Semaphore(IN_FLIGHT);
  private final byte[] buffer = new byte[CHUNK];
  private int filled;

  /** Credits taken by chunks that wait in the connection's queue. The event loop's own. */
  private int owed;

  ResponseStream(HttpServerResponse response, LoopQueue loop) {
    this.response = response;
    this.loop = loop;
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == CHUNK) {
      flush();
    }
    buffer[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == CHUNK) {
        flush();
      }
      int count = Math.min(left, CHUNK - filled);
      System.arraycopy(bytes, from, buffer, filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled > 0) {
      Buffer chunk = Buffer.buffer(filled).appendBytes(buffer, 0, filled);
      filled = 0;
      awaitCredit();
      loop.runOnLoop(() -> send(chunk));
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private void awaitCredit() throws IOException {
    try {
      do {
        if (response.closed() || response.ended()) {
          throw new IOException("the caller went away");
        }
      } while (!credit.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
    }
  }

  private void send(Buffer chunk) {
    if (response.closed() || response.ended()) {
      credit.release(IN_FLIGHT);
      return;
    }
    response.write(chunk);
    owed++;
    if (response.writeQueueFull()) {
      response.drainHandler(_ -> settle());
    } else {
      settle();
    }
  }

  private void settle() {
    credit.release(owed);
    owed = 0;
  }
}
