package dev.snowshed.runtime.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.snowshed.runtime.fleet.PeersView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Other hosts of a fleet, as far as their management ports tell of their lives. */
public final class FakePeers implements AutoCloseable {
  private static final String HEARD = "HEARD";

  private final List<Peer> peers = new ArrayList<>();

  private static final class Peer {
    final HttpServer server;
    volatile String answer = "";

    Peer(HttpServer server) {
      this.server = server;
    }

    /** Hosts take in what they are told of tickets before they answer. */
    String answer(Headers asked) {
      return answer.replace(
          HEARD, Objects.requireNonNullElse(asked.getFirst(PeersView.TICKET), "0"));
    }
  }

  /** So many, all ready. */
  public static FakePeers ready(int count) {
    FakePeers fleet = new FakePeers();
    for (int i = 0; i < count; i++) {
      fleet.add();
      fleet.set(i, "READY", true);
    }
    return fleet;
  }

  private void add() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Peer peer = new Peer(server);
      server.createContext(
          "/snowshed/lifecycle",
          exchange -> {
            byte[] body =
                peer.answer(exchange.getRequestHeaders()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      peers.add(peer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a peer says of itself from now on. */
  public void set(int index, String state, boolean ready) {
    peers.get(index).answer =
        "{\"id\":\"peer-%d\",\"state\":\"%s\",\"ready\":%b,\"ticket\":null,\"heardTicket\":%s}"
            .formatted(index, state, ready, HEARD);
  }

  /** What a peer answers from now on, whatever it is. */
  public void setAnswer(int index, String answer) {
    peers.get(index).answer = answer;
  }

  /** From now on this one cannot be reached. */
  public void kill(int index) {
    peers.get(index).server.stop(0);
  }

  /** As {@code snowshed.fleet.peers} takes them. */
  public String addresses() {
    return peers.stream()
        .map(peer -> "127.0.0.1:" + peer.server.getAddress().getPort())
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    peers.forEach(peer -> peer.server.stop(0));
  }
}
