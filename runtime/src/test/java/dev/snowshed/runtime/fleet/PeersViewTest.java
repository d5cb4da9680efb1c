package dev.snowshed.runtime.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.FleetSettings;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.MemberBudget;
import dev.snowshed.runtime.testing.FakePeers;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersViewTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration STALE = Duration.ofSeconds(1);

  private final FakePeers peers = FakePeers.ready(3);
  private final PeersView view = view("me", peers.addresses());

  @AfterEach
  void close() {
    view.close();
    peers.close();
  }

  @Test
  void hearsOfThePeers() {
    start();
    Poll.until("all known", () -> ids(view).equals(List.of("peer-0", "peer-1", "peer-2")));
    Poll.until("granted", () -> ask() instanceof FleetBudget.Granted);
    peers.set(1, "EJECTED", false);
    Poll.until("out", () -> ready(view) == 2);
    Poll.until("denied", () -> ask() instanceof FleetBudget.Denied);
  }

  @Test
  void passesItselfOver() {
    peers.setAnswer(0, "{\"id\":\"me\",\"state\":\"READY\",\"ready\":true}");
    start();
    Poll.until("known", () -> ids(view).equals(List.of("peer-1", "peer-2")));
  }

  @Test
  void countsWhoNeverAnsweredAndDoesNotHearNonsense() {
    peers.kill(0);
    peers.setAnswer(1, "no json");
    peers.setAnswer(2, "{\"id\":7,\"ready\":\"yes\",\"x\":\"" + "y".repeat(300_000) + "\"}");
    start();
    Poll.until("all listed", () -> ids(view).size() == 3);
    assertEquals(0, ready(view));
    assertTrue(
        view.members().stream().allMatch(member -> member.ageMillis() == Member.AGE_UNKNOWN));
    assertInstanceOf(FleetBudget.Unknown.class, ask());
  }

  @Test
  void keepsTheLastNewsOfWhoFallsSilentUnlessItHadSaidThatItLeaves() {
    start();
    Poll.until("all known", () -> ready(view) == 3);
    peers.set(0, "DRAINING", false);
    Poll.until("leaving", () -> ready(view) == 2);
    peers.kill(0);
    peers.kill(1);
    Poll.until("one is gone", () -> ids(view).equals(List.of("peer-1", "peer-2")));
    Poll.until(
        "the other is old news", () -> view.members().getFirst().ageMillis() > STALE.toMillis());
    assertEquals(List.of("peer-1", "peer-2"), ids(view), "who has left is not expected any more");
  }

  @Test
  void asksAnewWhenAnAnswerDoesNotCome() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        PeersView patient = view("me", "127.0.0.1:" + silent.getLocalPort())) {
      silent.setSoTimeout(30_000);
      start(patient);
      try (Socket first = silent.accept();
          Socket second = silent.accept()) {
        assertTrue(first.isConnected() && second.isConnected());
      }
    }
  }

  private void start() {
    start(view);
  }

  private static void start(PeersView view) {
    Lifecycle life =
        new Lifecycle(LifecycleSettings.DEFAULTS, FleetBudget.alone(), new Random(1), 0);
    view.start(life::status);
  }

  private FleetBudget.Answer ask() {
    return view.budget().mayLeave(System.nanoTime());
  }

  private static List<String> ids(FleetView view) {
    return view.members().stream().map(Member::id).toList();
  }

  private static long ready(FleetView view) {
    return view.members().stream().filter(Member::ready).count();
  }

  private static PeersView view(String id, String addresses) {
    FleetSettings settings = new FleetSettings(0.3334, 0.5, STALE, Duration.ofMinutes(5));
    return new PeersView(
        id,
        new MemberBudget(id, settings, LongUnaryOperator.identity()),
        Stream.of(addresses.split(",", -1)).map(PeersViewTest::peer).toList(),
        INTERVAL,
        settings.staleAfter(),
        settings.forgetAfter(),
        LongUnaryOperator.identity());
  }

  private static PeersView.Peer peer(String address) {
    List<String> parts = Arrays.asList(address.split(":", -1));
    return new PeersView.Peer(parts.getFirst(), Integer.parseInt(parts.getLast()));
  }
}
