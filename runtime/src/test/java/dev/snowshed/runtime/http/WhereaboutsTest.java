package dev.snowshed.runtime.http;

import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereaboutsTest {
  private static final String VIRTUAL = "virtual";

  private volatile boolean over;

  @AfterEach
  void letGo() {
    over = true;
  }

  @ParameterizedTest
  @ValueSource(strings = {VIRTUAL, "platform"})
  void runs(String kind) {
    Thread thread =
        start(
            kind,
            () -> {
              while (!over) {
                Thread.onSpinWait();
              }
            });
    await(thread, Whereabouts.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {VIRTUAL, "platform"})
  void isBlockedOnAMonitor(String kind) {
    Object monitor = new Object();
    synchronized (monitor) {
      Thread thread =
          start(
              kind,
              () -> {
                synchronized (monitor) {
                  over = true;
                }
              });
      await(thread, Whereabouts.BLOCKED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {VIRTUAL, "platform"})
  void waitsWhenItIsParked(String kind) {
    Thread thread =
        start(
            kind,
            () -> {
              while (!over) {
                LockSupport.park();
              }
            });
    await(thread, Whereabouts.WAITING);
    over = true;
    LockSupport.unpark(thread);
  }

  @ParameterizedTest
  @ValueSource(strings = {VIRTUAL, "platform"})
  void waitsForASocket(String kind) throws IOException {
    withSilentServer(
        socket -> {
          Thread thread = start(kind, () -> read(socket));
          await(thread, Whereabouts.WAITING);
        });
  }

  /** With a monitor held, as old drivers do. */
  @ParameterizedTest
  @ValueSource(strings = {VIRTUAL, "platform"})
  void waitsForASocketWithAMonitorHeld(String kind) throws IOException {
    withSilentServer(
        socket -> {
          CountDownLatch reading = new CountDownLatch(1);
          Thread thread =
              start(
                  kind,
                  () -> {
                    reading.countDown();
                    synchronized (socket) {
                      read(socket);
                    }
                  });
          Poll.until("reading", () -> reading.getCount() == 0);
          await(thread, Whereabouts.WAITING);
        });
  }

  private static void withSilentServer(Consumer<Socket> action) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
      action.accept(socket);
    }
  }

  private static void read(Socket socket) {
    try {
      int _ = socket.getInputStream().read();
    } catch (IOException e) {
      // closed at the end of the test
    }
  }

  private static Thread start(String kind, Runnable action) {
    return kind.equals(VIRTUAL)
        ? Thread.startVirtualThread(action)
        : Thread.ofPlatform().daemon().start(action);
  }

  private static void await(Thread thread, Whereabouts expected) {
    Poll.until(expected.toString(), () -> Whereabouts.of(thread) == expected);
  }
}
