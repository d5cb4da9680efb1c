package dev.snowshed.runtime.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentServerTest {
  private final AgentServer server =
      AgentServer.open(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          function -> "up for '" + function + "'\n");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersWhatItWasSentALine() throws IOException {
    assertEquals("up for 'quote'\n", ask("quote\n"));
    assertEquals("up for 'quote'\n", ask("quote\r\nmore"));
  }

  @Test
  void answersWhoSendsNothing() throws IOException {
    assertEquals("up for ''\n", ask(""));
    assertEquals("up for 'quote'\n", ask("quote"));
  }

  @Test
  void answersWhoSendsTooMuch() throws IOException {
    assertEquals("up for '" + "x".repeat(256) + "'\n", ask("x".repeat(256)));
  }

  @Test
  void isNotHeldUpByCallersThatSayNothing() throws Exception {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
    assertEquals("up for 'quote'\n", ask("quote\n"));
    for (Socket socket : silent) {
      assertEquals("up for ''\n", read(socket));
      socket.close();
    }
  }

  /** More often than it takes callers at once: it must forget those that were answered. */
  @Test
  void answersAsOftenAsItIsAsked() throws IOException {
    for (int i = 0; i < 300; i++) {
      assertEquals("up for 'quote'\n", ask("quote\n"));
    }
  }

  @Test
  void closes() {
    server.close();
    Poll.until("closed", () -> !connects());
  }

  private boolean connects() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      return socket.isConnected();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  private String ask(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return read(socket);
    }
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
