package dev.snowshed.benchmarks.fleet;

import dev.snowshed.benchmarks.http.Probe;
import dev.snowshed.benchmarks.http.Server;
import dev.snowshed.haproxy.Haproxy;
import dev.snowshed.haproxy.Haproxy.HostPorts;
import dev.snowshed.haproxy.Ports;
import dev.snowshed.haproxy.ServerState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Four hosts behind HAProxy. Ends with {@link #close}. */
final class Fleet implements AutoCloseable {
  /** How many hosts there are. */
  static final int SIZE = 4;

  /** What is posted. */
  static final String BODY =
      """
      {"name":"Ada","items":[{"sku":"a-1","quantity":2,"price":9.5}]}""";

  private static final int OK = 200;
  private static final int FULL_WEIGHT = 95;
  private static final long POLL_MILLIS = 50;

  private final Contender contender;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Member> members = new ArrayList<>();
  private final Haproxy haproxy;

  /**
   * Starts the hosts, then HAProxy, and waits until all of them are in rotation.
   *
   * @param contender of which kind
   * @param flags the hosts' JVM flags
   * @param root the project's folder
   * @param folder for logs and configurations
   */
  Fleet(Contender contender, List<String> flags, Path root, Path folder)
      throws IOException, InterruptedException {
    this.contender = contender;
    HostPorts shared = HostPorts.free();
    List<Server.Place> places = new ArrayList<>();
    for (int number = 1; number <= SIZE; number++) {
      places.add(place(number, shared));
    }
    List<String> addresses = places.stream().map(Server.Place::address).toList();
    try {
      for (int number = 1; number <= SIZE; number++) {
        members.add(
            new Member(
                contender.target(number, addresses, shared),
                flags,
                root,
                folder,
                places.get(number - 1)));
      }
      for (Member member : members) {
        member.awaitAnswer(probe());
      }
      this.haproxy = balancer(root, folder, shared, places);
    } catch (IOException | InterruptedException | RuntimeException e) {
      members.forEach(Member::close);
      throw e;
    }
  }

  private Server.Place place(int number, HostPorts shared) throws IOException {
    return contender.hasAddresses()
        ? new Server.Place(
            Haproxy.address(number), shared.function(), shared.management(), shared.agent())
        : new Server.Place("127.0.0.1", Ports.free(), shared.management(), shared.agent());
  }

  private Haproxy balancer(Path root, Path folder, HostPorts shared, List<Server.Place> places)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve("haproxy-" + contender.key()));
    List<Integer> ports = places.stream().map(Server.Place::port).toList();
    return Haproxy.start(
        root,
        own,
        new Haproxy.Setup(SIZE, shared, "bench-member", text -> contender.adapt(text, ports)));
  }

  /** Where its clients come in. */
  URI uri() {
    return URI.create(haproxy.uri() + contender.path());
  }

  /** A host, by its number from 1. */
  Member member(int number) {
    return members.get(number - 1);
  }

  /** Tells whether a host's function answers rightly. */
  Probe probe() {
    return uri -> {
      try {
        HttpResponse<String> response =
            client.send(request(uri, Duration.ofSeconds(5)), BodyHandlers.ofString());
        return response.statusCode() == OK && response.body().contains("\"proof\"")
            ? Optional.empty()
            : Optional.of("answered " + response.statusCode() + ": " + response.body());
      } catch (IOException e) {
        return Optional.of("did not answer: " + e);
      }
    };
  }

  private static HttpRequest request(URI uri, Duration bound) {
    return HttpRequest.newBuilder(uri)
        .timeout(bound)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(BODY))
        .build();
  }

  /** Makes a host's function hold what the host cannot do without, for 12 s. */
  void wedge(int number) {
    URI uri = member(number).place().uri(contender.wedgePath());
    for (int call = 0; call < contender.wedgeCalls(); call++) {
      CompletableFuture<HttpResponse<String>> _ =
          client.sendAsync(request(uri, Duration.ofSeconds(30)), BodyHandlers.ofString());
    }
  }

  /**
   * Waits until a host says that it is not ready.
   *
   * @return whether it does, within the bound; false at once for hosts without probes
   */
  boolean awaitUnready(int number, Duration bound) throws IOException, InterruptedException {
    Server.Place place = member(number).place();
    URI ready =
        URI.create("http://" + place.address() + ':' + place.management() + "/health/ready");
    HttpRequest question = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(1)).build();
    return contender.hasProbes() && await(bound, () -> isUnready(question));
  }

  private boolean isUnready(HttpRequest question) throws IOException, InterruptedException {
    try {
      return client.send(question, BodyHandlers.discarding()).statusCode() != OK;
    } catch (HttpTimeoutException e) {
      return false;
    }
  }

  /** What HAProxy thinks of the hosts. */
  List<ServerState> states() throws IOException {
    return haproxy.servers(contender.backend());
  }

  /** The most requests that a host had at once during a tenth of a second. */
  int inflight(int number) throws IOException, InterruptedException {
    int most = 0;
    for (int look = 0; look < 10; look++) {
      most = Math.max(most, haproxy.server(contender.backend(), number).inflight());
      Thread.sleep(10);
    }
    return most;
  }

  /**
   * Waits until a host is in rotation.
   *
   * @return whether it is, within the bound
   */
  boolean awaitRotation(int number, Duration bound) throws IOException, InterruptedException {
    return await(bound, () -> haproxy.server(contender.backend(), number).inRotation());
  }

  /**
   * Waits until all hosts are in rotation with their full weight.
   *
   * @return whether they are, within the bound
   */
  boolean awaitAll(Duration bound) throws IOException, InterruptedException {
    return await(
        bound,
        () ->
            states().stream()
                .allMatch(state -> state.inRotation() && state.weight() >= FULL_WEIGHT));
  }

  private interface Condition {
    boolean isMet() throws IOException, InterruptedException;
  }

  private static boolean await(Duration bound, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** The numbers of all hosts. */
  static IntStream numbers() {
    return IntStream.rangeClosed(1, SIZE);
  }

  @Override
  public void close() {
    haproxy.close();
    members.forEach(Member::close);
    client.shutdownNow();
  }
}
