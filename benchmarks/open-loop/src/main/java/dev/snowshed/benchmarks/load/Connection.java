package dev.snowshed.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection to the target, which carries one request at a time. Not safe for concurrent use. */
final class Connection {
  private final Connections pool;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer request;
  private final AnswerParser parser = new AnswerParser();
  private @Nullable Call call;

  /** Beside the channel's own state: that closes itself when it cannot connect. */
  private boolean closed;

  private Connection(Connections pool, Selector selector) throws IOException {
    this.pool = pool;
    this.request = pool.request();
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A reset instead of TIME_WAIT, of which a run that gives up often would collect too many.
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    this.key = channel.register(selector, SelectionKey.OP_CONNECT);
  }

  /** Begins to connect. */
  static Connection open(Connections pool, Selector selector) throws IOException {
    Connection connection = new Connection(pool, selector);
    connection.key.attach(connection);
    try {
      if (connection.channel.connect(pool.address())) {
        connection.key.interestOps(SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      connection.channel.close();
      throw e;
    }
    return connection;
  }

  boolean isOpen() {
    return !closed;
  }

  /** Sends a request, as soon as the connection is there. */
  void send(Call next) {
    call = next;
    next.sentOn(this);
    parser.reset();
    request.rewind();
    if (channel.isConnected()) {
      try {
        write();
      } catch (IOException e) {
        close();
      }
    }
  }

  private void write() throws IOException {
    channel.write(request);
    int write = request.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    int wanted = SelectionKey.OP_READ | write;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** Does what the selector found possible. */
  void advance(ByteBuffer buffer) {
    try {
      if (key.isValid() && key.isConnectable()) {
        channel.finishConnect();
        write();
      }
      if (key.isValid() && key.isWritable()) {
        write();
      }
      if (key.isValid() && key.isReadable()) {
        read(buffer);
      }
    } catch (IOException | IllegalStateException e) {
      close();
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      endOfStream();
      return;
    }
    Call current = call;
    if (current == null) {
      throw new IOException("an answer without a request");
    }
    if (parser.read(buffer.flip())) {
      call = null;
      release();
      current.end(parser.status());
    }
  }

  private void endOfStream() {
    Call current = call;
    if (current != null && parser.end()) {
      current.end(parser.status());
    }
    close();
  }

  private void release() {
    if (parser.keepAlive()) {
      pool.giveBack(this);
    } else {
      close();
    }
  }

  /** Closes; a request without an answer has failed. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
    pool.closed();
    if (call != null) {
      call.end(Outcome.BROKEN);
      call = null;
    }
  }
}
