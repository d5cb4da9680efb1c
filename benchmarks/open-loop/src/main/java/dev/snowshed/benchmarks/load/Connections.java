package dev.snowshed.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The connections to one function of a target, kept alive and bounded in number: the client has no
 * queue of its own, so a request is sent at once, on a new connection if need be, or never. Not
 * safe for concurrent use.
 */
public final class Connections implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final int most;
  private final Pause pause;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** Newest first, so that what a burst opened can stay unused. */
  private final Deque<Connection> idle = new ArrayDeque<>();

  private int open;

  /** What a generator does while the next request is less than 2 ms away. */
  public enum Pause {
    /** It looks again and again: requests are sent on time, and a processor is busy. */
    SPIN,
    /** It sleeps: requests may be a millisecond late, and the processor is free. */
    SLEEP
  }

  /**
   * @param function on the loopback address
   * @param body the JSON to post
   * @param timeoutMillis what the deadline header says
   * @param most connections at once
   * @param pause what to do while the next request is less than 2 ms away
   */
  public Connections(URI function, String body, long timeoutMillis, int most, Pause pause)
      throws IOException {
    this.address = new InetSocketAddress(function.getHost(), function.getPort());
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("only the loopback address may be loaded: " + function);
    }
    this.request = bytes(function, body, timeoutMillis);
    this.most = most;
    this.pause = pause;
  }

  private static ByteBuffer bytes(URI function, String body, long timeoutMillis) {
    byte[] bytes =
        """
        POST %s HTTP/1.1
        Host: %s
        Content-Type: application/json
        X-Request-Timeout: %d
        Content-Length: %d

        """
            .formatted(
                function.getPath(),
                function.getAuthority(),
                timeoutMillis,
                body.getBytes(StandardCharsets.UTF_8).length)
            .replace("\n", "\r\n")
            .concat(body)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  InetSocketAddress address() {
    return address;
  }

  /** The request, with a position of its own. */
  ByteBuffer request() {
    return request.duplicate();
  }

  /** Sends a request, or ends it if that cannot be. */
  void send(Call call) {
    Connection connection = idle.pollFirst();
    while (connection != null && !connection.isOpen()) {
      connection = idle.pollFirst();
    }
    if (connection != null) {
      connection.send(call);
    } else if (open == most) {
      call.end(Outcome.NO_CONNECTION);
    } else {
      sendOnNew(call);
    }
  }

  private void sendOnNew(Call call) {
    try {
      Connection connection = Connection.open(this, selector);
      open++;
      connection.send(call);
    } catch (IOException e) {
      call.end(Outcome.BROKEN);
    }
  }

  void giveBack(Connection connection) {
    idle.addFirst(connection);
  }

  /** A connection was closed; if it is idle, it is skipped when its turn comes. */
  void closed() {
    open--;
  }

  /**
   * Handles what comes.
   *
   * @param boundNanos how long to wait for it; below 2 ms, for which a selector's clock is too
   *     coarse, as its {@link Pause} says
   */
  void poll(long boundNanos) throws IOException {
    long millis = boundNanos / NANOS_PER_MILLI;
    if (millis < 2 && (pause == Pause.SPIN || boundNanos <= 0)) {
      selector.selectNow(this::advance);
    } else if (millis < 2) {
      selector.select(this::advance, 1);
    } else {
      selector.select(this::advance, millis - 1);
    }
  }

  private void advance(SelectionKey key) {
    ((Connection) key.attachment()).advance(buffer);
  }

  @Override
  public void close() throws IOException {
    List.copyOf(selector.keys()).forEach(key -> ((Connection) key.attachment()).close());
    selector.close();
  }
}
