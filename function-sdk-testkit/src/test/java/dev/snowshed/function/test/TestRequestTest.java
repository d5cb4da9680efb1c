package dev.snowshed.function.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRequestTest {

  @Test
  void isEmptyByDefault() throws IOException {
    TestRequest request = TestRequest.get().build();
    assertEquals("GET", request.method());
    assertEquals("", request.path());
    assertEquals(Map.of(), request.queryParameters());
    assertEquals(Map.of(), request.headers());
    assertEquals(OptionalLong.empty(), request.contentLength());
    assertEquals(-1, request.body().read());
  }

  @Test
  void carriesWhatWasSetInOrder() {
    TestRequest request =
        TestRequest.post()
            .path("/items/a b")
            .query("z", "1")
            .query("a", "2")
            .query("z", "3")
            .header("X-Trace", "t")
            .contentType("text/plain")
            .header("x-trace", "u")
            .build();
    assertEquals("/items/a b", request.path());
    assertEquals(List.of("z", "a"), new ArrayList<>(request.queryParameters().keySet()));
    assertEquals(List.of("1", "3"), request.queryParameters().get("z"));
    assertEquals(List.of("x-trace", "content-type"), new ArrayList<>(request.headers().keySet()));
    assertEquals(List.of("t", "u"), request.headers().get("x-trace"));
    assertEquals(Optional.of("t"), request.header("X-TRACE"));
    assertEquals(Optional.of("text/plain"), request.contentType());
    assertEquals(Optional.of("2"), request.query("a"));
  }

  @Test
  void declaresTheLengthOfBytesAndText() throws IOException {
    TestRequest text = TestRequest.post().body("\u00e4").build();
    assertEquals(OptionalLong.of(2), text.contentLength());
    assertArrayEquals("\u00e4".getBytes(StandardCharsets.UTF_8), text.body().readAllBytes());
    byte[] bytes = {1, 2, 3};
    TestRequest binary = TestRequest.post().body(bytes).build();
    bytes[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, binary.body().readAllBytes());
  }

  @Test
  void declaresNoLengthForAStream() {
    InputStream stream = new ByteArrayInputStream(new byte[5]);
    TestRequest request = TestRequest.method("PUT").body(new byte[1]).body(stream).build();
    assertEquals(OptionalLong.empty(), request.contentLength());
    assertSame(stream, request.body());
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    TestRequest.Builder builder = TestRequest.get().header("A", "1");
    TestRequest request = builder.build();
    builder.header("A", "2");
    assertEquals(Map.of("a", List.of("1")), request.headers());
    assertThrows(UnsupportedOperationException.class, () -> request.headers().clear());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "Get"})
  void refusesMethodsThatNoHostPasses(String method) {
    assertEquals(
        "method must be an HTTP method in upper case, such as POST, was \"" + method + '"',
        assertThrows(IllegalArgumentException.class, () -> TestRequest.method(method))
            .getMessage());
  }

  @Test
  void refusesPathsThatNoHostPasses() {
    assertEquals(
        "path must be empty or start with a slash, was \"a\"",
        assertThrows(IllegalArgumentException.class, () -> TestRequest.get().path("a"))
            .getMessage());
  }
}
