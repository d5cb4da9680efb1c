package dev.snowshed.samples.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.snowshed.function.Execution;
import dev.snowshed.function.Function;
import dev.snowshed.function.ProblemException;
import java.nio.charset.StandardCharsets;

/**
 * Hashes and verifies passwords with bcrypt.
 *
 * <p>Slow on purpose, and all of it is computing, so the calls run on platform threads. Each step
 * of the cost doubles the time; it is bounded, or one caller could occupy a processor for hours.
 */
public final class Passwords {
  private static final int DEFAULT_COST = 10;
  private static final int MIN_COST = 8;
  private static final int MAX_COST = 14;
  private static final int MAX_PASSWORD_BYTES = 71;

  /**
   * A password to hash.
   *
   * @param password 1 to 71 bytes of UTF-8, which is as much as bcrypt sees
   * @param cost from 8 to 14; 10 if absent
   */
  public record HashRequest(String password, Integer cost) {}

  /**
   * A hash.
   *
   * @param hash in bcrypt's own format, which carries the salt and the cost
   */
  public record Hash(String hash) {}

  /**
   * A password and what it may have been hashed to.
   *
   * @param password 1 to 71 bytes of UTF-8
   * @param hash as made by {@link #hash}
   */
  public record VerifyRequest(String password, String hash) {}

  /** Whether the password is the one that was hashed. */
  public record Verdict(boolean matches) {}

  /** Hashes a password. */
  @Function(name = "password-hash", timeout = "10s", execution = Execution.PLATFORM_THREAD)
  public Hash hash(HashRequest request) {
    checkPresent(request);
    int cost = request.cost() == null ? DEFAULT_COST : request.cost();
    checkCost(cost);
    byte[] password = checkedBytes(request.password());
    byte[] hash = BCrypt.withDefaults().hash(cost, password);
    return new Hash(new String(hash, StandardCharsets.US_ASCII));
  }

  /** Verifies a password. */
  @Function(name = "password-verify", timeout = "10s", execution = Execution.PLATFORM_THREAD)
  public Verdict verify(VerifyRequest request) {
    checkPresent(request);
    byte[] password = checkedBytes(request.password());
    byte[] hash = checkedHash(request.hash());
    return new Verdict(BCrypt.verifyer().verify(password, hash).verified);
  }

  private static void checkPresent(Object request) {
    if (request == null) {
      throw new ProblemException(400, "a JSON object with a password is needed, not null");
    }
  }

  private static byte[] checkedBytes(String password) {
    byte[] bytes = password == null ? new byte[0] : password.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_PASSWORD_BYTES) {
      throw new ProblemException(
          400, "password must be 1 to " + MAX_PASSWORD_BYTES + " bytes long, was " + bytes.length);
    }
    return bytes;
  }

  private static byte[] checkedHash(String hash) {
    if (hash == null || !hash.matches("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
      throw new ProblemException(400, "hash is not a bcrypt hash, such as password-hash makes");
    }
    checkCost(Integer.parseInt(hash.substring(4, 6)));
    return hash.getBytes(StandardCharsets.US_ASCII);
  }

  private static void checkCost(int cost) {
    if (cost < MIN_COST || cost > MAX_COST) {
      throw new ProblemException(
          400, "cost must be from " + MIN_COST + " to " + MAX_COST + ", was " + cost);
    }
  }
}
