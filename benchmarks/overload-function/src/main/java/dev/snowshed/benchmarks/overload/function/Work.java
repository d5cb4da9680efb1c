package dev.snowshed.benchmarks.overload.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;

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

  private final Semaphore pool = new Semaphore(POOL_SIZE, true);

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
    pool.acquire();
    try {
      Thread.sleep(HOLD_MILLIS);
    } finally {
      pool.release();
    }
    return order.receipt("pool");
  }
}
