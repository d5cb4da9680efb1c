package dev.snowshed.benchmarks.overload.function;

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

  /** How long the imaginary service downstream takes; it never saturates. */
  static final long IO_MILLIS = 50;

  /** How many imaginary connections there are. */
  static final int POOL_SIZE = 10;

  /** How long a call holds its connection: the pool carries 500 calls per second. */
  static final long HOLD_MILLIS = 20;

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

  /** Waits for the service downstream. */
  public Receipt io(Order order) throws InterruptedException {
    Thread.sleep(IO_MILLIS);
    return order.receipt("io");
  }

  /** Waits for a connection, first come first served, and uses it: the processors idle. */
  public Receipt pool(Order order) throws InterruptedException {
    use(pool, HOLD_MILLIS);
    return order.receipt("pool");
  }

  /** The same with a longer use, so that many hosts fit on few processors. */
  public Receipt member(Order order) throws InterruptedException {
    use(memberPool, MEMBER_HOLD_MILLIS);
    return order.receipt("member");
  }

  private static void use(Semaphore connections, long millis) throws InterruptedException {
    connections.acquire();
    try {
      Thread.sleep(millis);
    } finally {
      connections.release();
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
