package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the interfaces do by themselves. */
class ContextTest {
  private static final HttpRequest.Builder EMPTY = HttpRequest.newBuilder(URI.create("http://x/"));

  private static Context context(long remainingNanos) {
    return defaultsOf(
        Context.class,
        Map.of(
            "deadline", Deadline.at(remainingNanos, () -> 0),
            "functionName", "quote",
            "outboundHeaders", Map.of("X-Request-Id", "r1")));
  }

  private static <T> T defaultsOf(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(self, method, arguments)
                    : answers.get(method.getName())));
  }

  @Test
  void carriesHeadersAndTheRemainingTimeOn() throws Exception {
    HttpRequest.Builder builder = EMPTY.copy().header("X-Request-Id", "old");
    assertSame(builder, context(5_000_000).propagate(builder));
    HttpRequest request = builder.build();
    assertEquals(List.of("r1"), request.headers().allValues("X-Request-Id"));
    assertEquals(Optional.of(Duration.ofMillis(5)), request.timeout());
  }

  @Test
  void startsNoCallWithoutTimeLeft() {
    HttpTimeoutException thrown =
        assertThrows(HttpTimeoutException.class, () -> context(-1).propagate(EMPTY.copy()));
    assertEquals("no time left for a call from function quote", thrown.getMessage());
  }

  @Test
  void findsTheFirstHeaderWhateverItsCase() {
    Request request =
        defaultsOf(
            Request.class,
            Map.of(
                "headers",
                Map.of("content-type", List.of("text/plain"), "a", List.of("1", "2")),
                "queryParameters",
                Map.of("q", List.of("x", "y"), "empty", List.of())));
    assertEquals(Optional.of("text/plain"), request.contentType());
    assertEquals(Optional.of("1"), request.header("A"));
    assertEquals(Optional.empty(), request.header("b"));
    assertEquals(Optional.of("x"), request.query("q"));
    assertEquals(Optional.empty(), request.query("Q"));
    assertEquals(Optional.empty(), request.query("empty"));
  }

  @Test
  void fallsBackToTheDefaultOfASetting() {
    Configuration settings =
        new Configuration() {
          @Override
          public Optional<String> get(String key) {
            return key.equals("a") ? Optional.of("1") : Optional.empty();
          }

          @Override
          public Optional<String> secret(String key) {
            return Optional.empty();
          }
        };
    assertEquals("1", settings.get("a", "2"));
    assertEquals("2", settings.get("b", "2"));
  }
}
