package dev.snowshed.runtime.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.core.lifecycle.Tickets;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A view of the fleet for which the hosts ask each other: {@code GET /snowshed/lifecycle} on the
 * management ports of the others, all at once, in every interval. A peer that has never answered
 * counts under its address; one that has said that it leaves, and then does not answer, is gone.
 *
 * <p>It asks on a thread of the operating system, so that it goes on when virtual threads do not
 * get to. Safe for concurrent use.
 */
public final class PeersView implements FleetView {
  private static final Logger LOG = Logger.getLogger(PeersView.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_PEERS = 1000;

  /** Tells whom is asked of the asking host's wish to leave, so that its answer can take it in. */
  public static final String TICKET = "X-Snowshed-Ticket";

  private final String ownId;
  private final MemberBudget budget;
  private final List<Peer> peers;
  private final Duration interval;
  private final Duration patience;
  private final Hearsay hearsay;
  private final Thread thread =
      Thread.ofPlatform().name("snowshed-fleet").daemon().unstarted(this::run);

  /** What has been asked and not answered, by address. The thread's own. */
  private final Map<URI, Question> open = new HashMap<>();

  private volatile boolean stopped;

  /**
   * Where peers are.
   *
   * @param host a name or an address; a name with several addresses stands for several peers
   * @param port their management port
   */
  public record Peer(String host, int port) {}

  /**
   * What was asked.
   *
   * @param sent ends when the answer is here
   * @param noted ends when it was taken in
   */
  private record Question(
      CompletableFuture<HttpResponse<String>> sent, CompletableFuture<?> noted, long askedNanos) {}

  /**
   * A view that does not look yet.
   *
   * @param ownId this host's name
   * @param budget is kept up to date
   * @param peers whom to ask
   * @param interval how often
   * @param patience how long an answer may take, in {@code time}: as long as it would be worth
   *     anything
   * @param forgetAfter the age from which on news are forgotten
   * @param time in which news grows old, from {@link System#nanoTime}
   */
  public PeersView(
      String ownId,
      MemberBudget budget,
      List<Peer> peers,
      Duration interval,
      Duration patience,
      Duration forgetAfter,
      LongUnaryOperator time) {
    this.ownId = ownId;
    this.budget = budget;
    this.peers = List.copyOf(peers);
    this.interval = interval;
    this.patience = patience;
    this.hearsay = new Hearsay(ownId, time, forgetAfter);
  }

  @Override
  public String kind() {
    return "peers";
  }

  @Override
  public String ownId() {
    return ownId;
  }

  @Override
  public FleetBudget budget() {
    return budget;
  }

  @Override
  public List<Member> members() {
    return hearsay.members();
  }

  @Override
  public void start(Supplier<LifecycleStatus> own) {
    thread.start();
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (!stopped) {
        long start = System.nanoTime();
        ask(client);
        budget.update(members(), System.nanoTime());
        Thread.sleep(interval.minusNanos(System.nanoTime() - start));
      }
      client.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One question at a time for each: a host that is slow itself must not give answers up. */
  private void ask(HttpClient client) throws InterruptedException {
    try {
      hearsay.forget();
      giveUp(hearsay.nowNanos());
      for (URI peer : addresses()) {
        hearsay.expect(peer.getAuthority());
        open.computeIfAbsent(peer, _ -> ask(client, peer));
      }
      CompletableFuture.allOf(
              open.values().stream().map(Question::noted).toArray(CompletableFuture<?>[]::new))
          .get(interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("Not all peers have answered at once", e);
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("Asking the peers (snowshed.fleet.peers) failed; it is tried again", e);
    }
  }

  private void giveUp(long nowNanos) {
    open.values().stream()
        .filter(each -> nowNanos - each.askedNanos() >= patience.toNanos())
        .forEach(each -> each.sent().cancel(true));
    open.values().removeIf(each -> each.noted().isDone());
  }

  private Question ask(HttpClient client, URI peer) {
    long askedNanos = hearsay.nowNanos();
    HttpRequest.Builder request = HttpRequest.newBuilder(peer.resolve("/snowshed/lifecycle"));
    budget.tickets().own().ifPresent(ticket -> request.header(TICKET, String.valueOf(ticket)));
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    CompletableFuture<?> noted =
        sent.handle(
            (response, failure) -> {
              note(peer.getAuthority(), failure == null ? parse(response, askedNanos) : null);
              return null;
            });
    return new Question(sent, noted, askedNanos);
  }

  private void note(String peer, @Nullable News heard) {
    if (heard != null) {
      hearsay.note(peer, heard);
    } else {
      hearsay.fellSilent(peer);
    }
  }

  private static @Nullable News parse(HttpResponse<String> response, long askedNanos) {
    try {
      JsonNode body = JSON.readTree(response.body());
      JsonNode id = body.path("id");
      JsonNode ready = body.path("ready");
      if (!id.isTextual() || !ready.isBoolean()) {
        return null;
      }
      return News.of(
          id.textValue(),
          ready.booleanValue(),
          body.path("state").asText(),
          tickets(body),
          OptionalLong.of(askedNanos));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Tickets tickets(JsonNode body) {
    JsonNode own = body.path("ticket");
    return new Tickets(
        own.isIntegralNumber() ? OptionalLong.of(own.longValue()) : OptionalLong.empty(),
        body.path("heardTicket").asLong());
  }

  private List<URI> addresses() {
    List<URI> all = new ArrayList<>();
    for (Peer peer : peers) {
      try {
        for (InetAddress address : ofOneFamily(InetAddress.getAllByName(peer.host()))) {
          all.add(address(address, peer.port()));
        }
      } catch (UnknownHostException e) {
        LOG.debugf("The peer %s (snowshed.fleet.peers) has no address now", peer.host());
      }
    }
    return all.stream().distinct().limit(MOST_PEERS).toList();
  }

  /** So that a host with an address of each kind counts once. */
  private static List<InetAddress> ofOneFamily(InetAddress[] addresses) {
    return Arrays.stream(addresses)
        .filter(each -> each.getClass() == addresses[0].getClass())
        .toList();
  }

  private static URI address(InetAddress address, int port) {
    String text = address.getHostAddress();
    return URI.create(
        "http://"
            + (text.contains(":") ? "[" + text.replace("%", "%25") + "]" : text)
            + ":"
            + port);
  }
}
