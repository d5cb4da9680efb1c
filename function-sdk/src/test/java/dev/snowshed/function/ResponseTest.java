package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
  private static byte[] bytes(Response response) {
    return assertInstanceOf(Response.Bytes.class, response.body()).bytes();
  }

  @Test
  void isEmptyByDefault() {
    Response response = Response.ok().build();
    assertEquals(200, response.status());
    assertEquals(Map.of(), response.headers());
    assertArrayEquals(new byte[0], bytes(response));
  }

  @Test
  void keepsHeadersInOrderWithAllTheirValues() {
    Response response =
        Response.status(201)
            .header("X-B", "1")
            .contentType("text/plain")
            .header("X-B", "2")
            .body("");
    assertEquals(List.of("X-B", "Content-Type"), new ArrayList<>(response.headers().keySet()));
    assertEquals(List.of("1", "2"), response.headers().get("X-B"));
  }

  @Test
  void encodesTextAsUtf8() {
    assertArrayEquals(
        "h\u00e4".getBytes(StandardCharsets.UTF_8), bytes(Response.ok().body("h\u00e4")));
  }

  @Test
  void carriesTheWriter() {
    Response.Writer writer = out -> out.write(1);
    assertSame(
        writer,
        assertInstanceOf(Response.Stream.class, Response.ok().stream(writer).body()).writer());
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    Response.Builder builder = Response.ok().header("A", "1");
    Response response = builder.build();
    builder.header("A", "2").header("B", "3");
    assertEquals(Map.of("A", List.of("1")), response.headers());
    assertThrows(UnsupportedOperationException.class, () -> response.headers().clear());
    for (List<String> values : response.headers().values()) {
      assertThrows(UnsupportedOperationException.class, values::clear);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 100, 199, 600})
  void refusesOtherStatuses(int status) {
    assertEquals(
        "status must be between 200 and 599, was " + status,
        assertThrows(IllegalArgumentException.class, () -> Response.status(status)).getMessage());
  }

  @Test
  void takesTheBoundsOfItsRange() {
    assertEquals(200, Response.status(200).build().status());
    assertEquals(599, Response.status(599).build().status());
  }

  @Test
  @SuppressWarnings("NullAway")
  void refusesNullAtOnce() {
    assertThrows(NullPointerException.class, () -> Response.ok().header(null, "a"));
    assertThrows(NullPointerException.class, () -> Response.ok().header("A", null));
    assertThrows(NullPointerException.class, () -> Response.ok().body((byte[]) null));
    assertThrows(NullPointerException.class, () -> Response.ok().stream(null));
  }
}
