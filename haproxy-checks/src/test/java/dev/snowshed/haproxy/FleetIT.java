package dev.snowshed.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real hosts behind the real HAProxy, under load: one is killed, and both are rolled. */
class FleetIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FUNCTION = "greeting";
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final int HOSTS = 2;

  @TempDir private Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<RealHost> hosts = new ArrayList<>();

  @AfterEach
  void stop() {
    hosts.forEach(RealHost::close);
    client.shutdownNow();
  }

  @Test
  void losesNothingButWhatWasInFlightOnAHostThatDied() throws Exception {
    Haproxy.HostPorts ports = Haproxy.HostPorts.free();
    for (int number = 1; number <= HOSTS; number++) {
      hosts.add(RealHost.start(number, ports, folder));
    }
    for (RealHost host : hosts) {
      host.awaitReady(client);
    }
    try (Haproxy haproxy =
        Haproxy.start(
            ROOT, folder, new Haproxy.Setup(HOSTS, ports, FUNCTION, UnaryOperator.identity()))) {
      awaitRotation(haproxy, 1);
      awaitRotation(haproxy, 2);
      killOne(haproxy, ports);
      rollAll(haproxy, ports);
    }
  }

  private void killOne(Haproxy haproxy, Haproxy.HostPorts ports) throws Exception {
    List<Callers.Call> calls;
    long deadNanos;
    try (Callers callers = new Callers(client, function(haproxy))) {
      hosts.getFirst().kill();
      deadNanos = System.nanoTime();
      Duration _ = haproxy.await(FUNCTION, 1, BOUND, state -> !state.inRotation());
      hosts.set(0, RealHost.start(1, ports, folder));
      hosts.getFirst().awaitReady(client);
      awaitRotation(haproxy, 1);
      calls = callers.finish();
    }
    List<Callers.Call> lost = calls.stream().filter(Callers.Call::isLost).toList();
    assertTrue(
        lost.stream().allMatch(call -> call.sentNanos() - deadNanos < 0),
        () -> "lost although sent to a host that was alive: " + lost);
    assertTrue(calls.stream().anyMatch(call -> call.sentNanos() - deadNanos > 0), "no load");
  }

  private void rollAll(Haproxy haproxy, Haproxy.HostPorts ports) throws Exception {
    List<Callers.Call> calls;
    try (Callers callers = new Callers(client, function(haproxy))) {
      for (int number = 1; number <= HOSTS; number++) {
        assertEquals(0, hosts.get(number - 1).terminate(), "exit code");
        hosts.set(number - 1, RealHost.start(number, ports, folder));
        hosts.get(number - 1).awaitReady(client);
        awaitRotation(haproxy, number);
      }
      calls = callers.finish();
    }
    assertEquals(List.of(), calls.stream().filter(Callers.Call::isLost).toList());
    assertTrue(calls.stream().anyMatch(call -> call.end().equals("200")), "no load");
  }

  private static URI function(Haproxy haproxy) {
    return URI.create(haproxy.uri() + "/functions/" + FUNCTION);
  }

  private static void awaitRotation(Haproxy haproxy, int host) throws IOException {
    Duration _ = haproxy.await(FUNCTION, host, BOUND, ServerState::inRotation);
  }
}
