package dev.snowshed.runtime.http;

import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Whoever {@linkplain #claim claims} it first, answers it; safe for
 * concurrent use. What touches the connection runs on its event loop.
 */
final class Exchange {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

  /** The server's mark for an answer that it must not compress; it does not send it. */
  private static final String NOT_ENCODED = HttpHeaders.IDENTITY.toString();

  /** Bodies that fit into one packet gain nothing from compression. */
  private static final int LEAST_COMPRESSED = 1400;

  private static final long HTTP2_NO_ERROR = 0;
  private static final long HTTP2_INTERNAL_ERROR = 2;

  /** How much of an unread body is read and thrown away to keep its connection usable. */
  private static final int MOST_DISCARDED = 256 * 1024;

  private final HttpServerRequest request;
  private final LoopQueue loop;
  private final String requestId;
  private final AtomicBoolean claimed = new AtomicBoolean();

  private final LoadReport load;

  /** The event loop's own: set once a function is found, if load is to be reported. */
  private boolean reportsLoad;

  /** The event loop's own: whether the answer is a refusal of admission. */
  private boolean refused;

  /**
   * The event loop's own: whether the answer ends its connection, so that the next request goes to
   * another host.
   */
  private boolean last;

  Exchange(HttpServerRequest request, LoopQueue loop, String requestId, LoadReport load) {
    this.request = request;
    this.loop = loop;
    this.requestId = requestId;
    this.load = load;
  }

  HttpServerRequest request() {
    return request;
  }

  LoopQueue loop() {
    return loop;
  }

  String requestId() {
    return requestId;
  }

  /** Has the answer tell of the host's load. On the event loop. */
  void reportLoad() {
    reportsLoad = true;
  }

  /** Says that the answer is a refusal of admission. On the event loop, before it is sent. */
  void markRefused() {
    refused = true;
  }

  /** Whether the caller may answer: true for the first only. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  boolean isClaimed() {
    return claimed.get();
  }

  /** Sends a complete answer, on the event loop, after a {@link #claim}. */
  void send(Answer.Complete answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    head(answer);
    MultiMap headers = response.headers();
    if (!answer.contentType().isEmpty()) {
      headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    chooseCompression(headers, answer.body().length());
    if (isHead()) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, String.valueOf(answer.body().length()));
      end(Buffer.buffer());
    } else {
      end(answer.body());
    }
  }

  /** Sends the head of a streamed answer, on the event loop, after a {@link #claim}. */
  void begin(Answer.Streamed answer) {
    HttpServerResponse response = request.response();
    if (!response.closed()) {
      head(answer);
      boolean lengthKnown = response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
      if (!lengthKnown && request.version() != HttpVersion.HTTP_2) {
        response.setChunked(true);
      }
      chooseCompression(response.headers(), Integer.MAX_VALUE);
    }
  }

  /** Ends a streamed answer, on the event loop. */
  void end() {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      end(Buffer.buffer());
    }
  }

  private void end(Buffer rest) {
    HttpServerResponse response = request.response();
    Future<Void> written = rest.length() == 0 ? response.end() : response.end(rest);
    discardRest();
    if (last) {
      written.onComplete(_ -> whenRequestEnded(this::leaveConnection));
    }
  }

  /** To close a connection with something unread resets it, and may lose the answer. */
  private void whenRequestEnded(Runnable action) {
    if (request.isEnded()) {
      action.run();
    } else {
      request.endHandler(_ -> action.run());
    }
  }

  /** HTTP/1 connections end with the answer; those of HTTP/2 take no new requests. */
  private void leaveConnection() {
    if (request.version() == HttpVersion.HTTP_2) {
      HttpConnection _ = request.connection().goAway(HTTP2_NO_ERROR);
    } else {
      request.connection().close();
    }
  }

  /**
   * Cuts a streamed answer off, on the event loop, so that its receiver sees that it is not whole.
   * Closing the connection in order would wait until a receiver that does not read has read.
   */
  void cut() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(HTTP2_INTERNAL_ERROR);
    } else if (request.connection() instanceof ConnectionBase connection) {
      ChannelFuture _ = connection.channel().close();
    }
  }

  boolean isHead() {
    return HttpMethod.HEAD.equals(request.method());
  }

  private void head(Answer answer) {
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status());
    MultiMap headers = response.headers();
    headers.set(REQUEST_ID, requestId);
    if (reportsLoad) {
      headers.set(LoadReport.HEADER, load.value(refused));
    }
    if (!answer.headers().isEmpty()) {
      answer.headers().forEach(headers::set);
    }
    last = load.isLeaving();
    if (last && request.version() != HttpVersion.HTTP_2) {
      headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** Has the server compress what is worth it, for callers that take compressed answers. */
  private void chooseCompression(MultiMap headers, int bytes) {
    if (!request.headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
      return;
    }
    boolean worthIt =
        bytes >= LEAST_COMPRESSED && isCompressible(headers.get(HttpHeaders.CONTENT_TYPE));
    String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (worthIt && NOT_ENCODED.equals(encoding)) {
      headers.remove(HttpHeaders.CONTENT_ENCODING);
    } else if (!worthIt && encoding == null) {
      headers.set(HttpHeaders.CONTENT_ENCODING, NOT_ENCODED);
    }
  }

  private static boolean isCompressible(@Nullable String type) {
    return type != null
        && (type.startsWith("text/")
            || type.contains("json")
            || type.contains("xml")
            || type.contains("javascript"));
  }

  /**
   * Reads the rest of an unread body and throws it away, so that the answer is not lost in a reset
   * connection and the next request on it can be read; gives up on a large one.
   */
  private void discardRest() {
    if (request.isEnded()) {
      return;
    }
    int[] discarded = {0};
    request.endHandler(null);
    request.handler(
        chunk -> {
          discarded[0] += chunk.length();
          if (discarded[0] > MOST_DISCARDED) {
            request.connection().close();
          }
        });
    request.exceptionHandler(_ -> {});
    request.resume();
  }
}
