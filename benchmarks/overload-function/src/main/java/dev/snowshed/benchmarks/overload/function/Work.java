package dev.snowshed.benchmarks.overload.function;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The work that every target does, in four kinds that differ in what they exhaust. The amounts are
 * fixed: nothing here measures time to decide how much to do. Safe for concurrent use.
 */
public final class Work {

  /**
   * How often the digest is computed: about 2 ms where SHA-256 has instructions of its own (60 ns
   * for each of these short inputs, measured on a 2020s x86 server core).
   */
  static final int CPU_ROUNDS = 32_000;

  /** The variable that says where the services are: a URI that answers after 5 ms. */
  static final String SERVICES = "BENCH_SERVICES";

  /** How many services a call of {@link #io} asks, one after another. */
  static final int IO_CALLS = 20;

  /** How many connections there are. */
  static final int POOL_SIZE = 10;

  /** How many exchanges a call of {@link #pool} has on its connection: a transaction. */
  static final int POOL_CALLS = 3;

  /** How long a call of {@link #member} holds its connection: its pool carries 100 per second. */
  static final long MEMBER_HOLD_MILLIS = 100;

  /** How long a call of {@link #wedge} holds its thread. */
  private static final long WEDGE_NANOS = 12_000_000_000L;

  private static final long PAUSE_MILLIS = 100;

  private final Semaphore pool = new Semaphore(POOL_SIZE, true);
  private final Semaphore memberPool = new Semaphore(POOL_SIZE, true);
  private final AtomicLong wedgedUntilNanos = new AtomicLong(Long.MIN_VALUE);

  /** Next to nothing: what a call costs beside its work. */
  public Receipt plain(Order order) {
    return order.receipt("plain");
  }

  /** Calculates, on one processor without a pause. */
  public Receipt cpu(Order order) {
    byte[] digest = order.name().getBytes(StandardCharsets.UTF_8);
    MessageDigest sha256 = sha256();
    for (int round = 0; round < CPU_ROUNDS; round++) {
      digest = sha256.digest(digest);
    }
    return order.receipt(HexFormat.of().formatHex(digest));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /**
   * Asks services one after another: what ends it is what the calls cost here.
   *
   * @throws IOException if one does not answer
   */
  public Receipt io(Order order) throws IOException, InterruptedException {
    Services.ask(IO_CALLS);
    return order.receipt("io");
  }

  /**
   * Waits for a connection, first come first served, and has a transaction on it: the processors
   * idle.
   *
   * @throws IOException if the other end does not answer
   */
  public Receipt pool(Order order) throws IOException, InterruptedException {
    pool.acquire();
    try {
      Services.ask(POOL_CALLS);
    } finally {
      pool.release();
    }
    return order.receipt("pool");
  }

  /** Waits the same way and uses it for longer, so that many hosts fit on few processors. */
  public Receipt member(Order order) throws InterruptedException {
    memberPool.acquire();
    try {
      Thread.sleep(MEMBER_HOLD_MILLIS);
    } finally {
      memberPool.release();
    }
    return order.receipt("member");
  }

  /** Loaded only where it is asked. */
  private static final class Services {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpRequest REQUEST =
        HttpRequest.newBuilder(URI.create(System.getenv(SERVICES)))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    static void ask(int calls) throws IOException, InterruptedException {
      for (int call = 0; call < calls; call++) {
        HttpResponse<String> response = CLIENT.send(REQUEST, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
          throw new IOException("a service answered " + response.statusCode());
        }
      }
    }
  }

  /**
   * Holds the calling thread, whoever interrupts it, until 12 seconds after the first of the calls
   * that are on their way. A call that comes within as long after that returns at once.
   */
  public Receipt wedge(Order order) {
    long now = System.nanoTime();
    long until =
        wedgedUntilNanos.updateAndGet(
            then -> then == Long.MIN_VALUE || now - then > WEDGE_NANOS ? now + WEDGE_NANOS : then);
    while (System.nanoTime() - until < 0) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        // Not to heed it is what is wrong with this function.
      }
    }
    return order.receipt("wedge");
  }

  /**
   * Holds every connection that {@link #member} needs, as long as {@link #wedge} holds a thread.
   */
  public Receipt hang(Order order) {
    memberPool.acquireUninterruptibly(POOL_SIZE);
    try {
      return wedge(order);
    } finally {
      memberPool.release(POOL_SIZE);
    }
  }
}
