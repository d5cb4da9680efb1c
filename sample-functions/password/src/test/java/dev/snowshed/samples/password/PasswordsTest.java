package dev.snowshed.samples.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.ProblemException;
import dev.snowshed.samples.password.Passwords.HashRequest;
import dev.snowshed.samples.password.Passwords.VerifyRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  /** "abc" at cost 8, a test vector of OpenBSD's bcrypt. */
  private static final String ABC = "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm";

  private final Passwords passwords = new Passwords();

  @Test
  void verifiesWhatItHashed() {
    String hash = hash("correct horse", 8);

    assertTrue(verify("correct horse", hash));
    assertFalse(verify("battery staple", hash));
  }

  @Test
  void verifiesWhatOthersHashed() {
    assertTrue(verify("abc", ABC));
    assertFalse(verify("abcd", ABC));
  }

  @Test
  void saltsEveryHash() {
    assertNotEquals(hash("abc", 8), hash("abc", 8));
  }

  @ParameterizedTest
  @CsvSource({"8, $2a$08$", "9, $2a$09$", ", $2a$10$"})
  void usesTheCostAskedFor(Integer cost, String start) {
    assertEquals(start, hash("abc", cost).substring(0, start.length()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 7, 15, 31})
  void refusesACostOutOfRange(int cost) {
    var problem = assertThrows(ProblemException.class, () -> hash("abc", cost));

    assertEquals(400, problem.status());
    assertEquals("cost must be from 8 to 14, was " + cost, problem.getMessage());
  }

  @Test
  void refusesToVerifyAHashOfExcessiveCost() {
    String costly = ABC.replace("$08$", "$31$");

    var problem = assertThrows(ProblemException.class, () -> verify("abc", costly));

    assertEquals("cost must be from 8 to 14, was 31", problem.getMessage());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "secret", "$2a$08$short"})
  void refusesWhatIsNoHash(String hash) {
    assertEquals(400, assertThrows(ProblemException.class, () -> verify("abc", hash)).status());
  }

  @Test
  void refusesNothing() {
    assertEquals(400, assertThrows(ProblemException.class, () -> passwords.hash(null)).status());
    assertEquals(400, assertThrows(ProblemException.class, () -> passwords.verify(null)).status());
  }

  @Test
  void refusesAnEmptyPasswordAndOneThatBcryptWouldCutOff() {
    assertThrows(ProblemException.class, () -> hash("", 8));
    assertThrows(ProblemException.class, () -> hash(null, 8));
    assertThrows(ProblemException.class, () -> hash("ä".repeat(36), 8));
    assertTrue(verify("a".repeat(71), hash("a".repeat(71), 8)));
  }

  private String hash(String password, Integer cost) {
    return passwords.hash(new HashRequest(password, cost)).hash();
  }

  private boolean verify(String password, String hash) {
    return passwords.verify(new VerifyRequest(password, hash)).matches();
  }
}
