package dev.snowshed.runtime.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * A TCP server that answers one line to each connection and closes it, from one thread of the
 * operating system, so that it answers when event loops and virtual threads do not get to. A caller
 * may send a line first; one that has sent none within {@link #PATIENCE_NANOS} is answered as if it
 * had sent an empty one. Safe for concurrent use.
 */
public final class AgentServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AgentServer.class);

  private static final long PATIENCE_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MOST_CONNECTIONS = 256;
  private static final int MOST_BYTES = 256;
  private static final int TURN_MILLIS = 20;

  private final UnaryOperator<String> answer;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Thread thread =
      Thread.ofPlatform().name("snowshed-agent").daemon().unstarted(this::run);
  private volatile boolean stopped;

  /** The thread's own. By identity: what a buffer is equal to changes while it is filled. */
  private final Set<Caller> callers = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Caller(SocketChannel channel, ByteBuffer received, long sinceNanos) {}

  private AgentServer(UnaryOperator<String> answer, Selector selector, ServerSocketChannel server) {
    this.answer = answer;
    this.selector = selector;
    this.server = server;
  }

  /**
   * Opens the server.
   *
   * @param address where; port 0 takes a free one
   * @param answer gives the line, with its end, for what the caller has sent, without its end; must
   *     not block
   * @throws UncheckedIOException if the address cannot be had
   */
  public static AgentServer open(InetSocketAddress address, UnaryOperator<String> answer) {
    try {
      Selector selector = Selector.open();
      ServerSocketChannel server = ServerSocketChannel.open();
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address);
      server.configureBlocking(false);
      SelectionKey _ = server.register(selector, SelectionKey.OP_ACCEPT);
      AgentServer agent = new AgentServer(answer, selector, server);
      agent.thread.start();
      return agent;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the agent cannot listen on "
              + address
              + " (snowshed.agent.host, snowshed.agent.port): "
              + e.getMessage(),
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    try {
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    selector.wakeup();
  }

  private void run() {
    while (!stopped) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        LOG.debug("A turn of the agent failed", e);
      }
    }
    callers.forEach(caller -> closeQuietly(caller.channel()));
    closeQuietly(server);
    closeQuietly(selector);
  }

  private void turn() throws IOException {
    int _ = callers.isEmpty() ? selector.select() : selector.select(TURN_MILLIS);
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      if (!(key.attachment() instanceof Caller caller)) {
        accept();
      } else if (hasSaidAll(caller)) {
        finish(caller);
      }
    }
    long now = System.nanoTime();
    callers.stream()
        .filter(caller -> now - caller.sinceNanos() > PATIENCE_NANOS)
        .toList()
        .forEach(this::finish);
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    if (callers.size() >= MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    Caller caller = new Caller(channel, ByteBuffer.allocate(MOST_BYTES), System.nanoTime());
    try {
      channel.configureBlocking(false);
      SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, caller);
      callers.add(caller);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads on; true when a line is there, or no more can come. */
  private static boolean hasSaidAll(Caller caller) {
    try {
      int count = caller.channel().read(caller.received());
      return count < 0 || !caller.received().hasRemaining() || text(caller).indexOf('\n') >= 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void finish(Caller caller) {
    callers.remove(caller);
    try (SocketChannel channel = caller.channel()) {
      String line = text(caller).lines().findFirst().orElse("").strip();
      // fits into the buffer of a connection on which nothing has been sent
      int _ =
          channel.write(ByteBuffer.wrap(answer.apply(line).getBytes(StandardCharsets.US_ASCII)));
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("A caller of the agent has gone", e);
    }
  }

  private static String text(Caller caller) {
    return new String(
        caller.received().array(), 0, caller.received().position(), StandardCharsets.US_ASCII);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.debug("Closing the agent failed", e);
    }
  }
}
