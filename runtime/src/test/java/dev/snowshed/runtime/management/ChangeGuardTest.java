package dev.snowshed.runtime.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeGuardTest {
  private static final ChangeGuard OPEN = new ChangeGuard(Optional.empty(), true);
  private static final ChangeGuard EXPOSED = new ChangeGuard(Optional.empty(), false);
  private static final ChangeGuard TOKEN = new ChangeGuard(Optional.of("t0ken"), false);

  @Test
  void letsLoopbackCallersThroughUnderALoopbackName() {
    for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "LOCALHOST"}) {
      assertTrue(OPEN.check(host, Map.of()).isEmpty(), host);
    }
    assertEquals("foreign-host", reason(OPEN.check("evil.example", Map.of())));
  }

  @Test
  void refusesEverybodyOnAnExposedPortWithoutAToken() {
    assertEquals("no-token-configured", reason(EXPOSED.check("localhost", Map.of())));
  }

  @Test
  void asksForTheToken() {
    assertTrue(TOKEN.check("host", Map.of("authorization", "Bearer t0ken")).isEmpty());
    for (String wrong : new String[] {"Bearer t0ke", "Basic t0ken", "Bearer t0ken2", ""}) {
      assertEquals("token-required", reason(TOKEN.check("host", Map.of("authorization", wrong))));
    }
    assertEquals("token-required", reason(TOKEN.check("host", Map.of())));
  }

  @Test
  void refusesOtherSitesEvenWithTheToken() {
    Map<String, String> bearer =
        Map.of("authorization", "Bearer t0ken", "origin", "http://evil.example");
    assertEquals("cross-site", reason(TOKEN.check("host", bearer)));
    assertEquals(
        "cross-site", reason(OPEN.check("localhost", Map.of("sec-fetch-site", "same-site"))));
    assertEquals("cross-site", reason(OPEN.check("localhost", Map.of("origin", "null"))));
    assertTrue(OPEN.check("localhost", Map.of("sec-fetch-site", "none")).isEmpty());
  }

  @Test
  void letsItsOwnPagesThrough() {
    assertTrue(OPEN.check("localhost", Map.of("origin", "http://localhost")).isEmpty());
  }

  private static String reason(Optional<ChangeGuard.Denial> denial) {
    return denial.orElseThrow().reason();
  }
}
