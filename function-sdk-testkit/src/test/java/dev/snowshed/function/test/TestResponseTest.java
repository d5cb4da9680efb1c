package dev.snowshed.function.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.function.Request;
import dev.snowshed.function.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestResponseTest {

  @Test
  void readsACompleteBody() throws Exception {
    TestResponse response =
        TestResponse.of(Response.status(201).header("X-A", "1").header("X-A", "2").body("h\u00e4"));
    assertEquals(201, response.status());
    assertEquals(Map.of("X-A", List.of("1", "2")), response.headers());
    assertEquals(Optional.of("1"), response.header("x-a"));
    assertEquals(Optional.empty(), response.contentType());
    assertEquals("h\u00e4", response.text());
    assertArrayEquals("h\u00e4".getBytes(StandardCharsets.UTF_8), response.bytes());
    assertEquals("TestResponse[status=201, headers={X-A=[1, 2]}, bytes=3]", response.toString());
  }

  @Test
  void writesAStreamToItsEnd() throws Exception {
    Request request = TestRequest.post().body("abc").build();
    TestResponse response =
        TestResponse.of(Response.ok().stream(out -> request.body().transferTo(out)));
    assertEquals("abc", response.text());
  }

  @Test
  void letsTheWritersExceptionThrough() {
    IOException failure = new IOException("disk");
    Response response =
        Response.ok().stream(
            (OutputStream out) -> {
              throw failure;
            });
    assertSame(failure, assertThrows(IOException.class, () -> TestResponse.of(response)));
  }

  @Test
  void readsTextInItsCharset() throws Exception {
    byte[] latin = "h\u00e4".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "h\u00e4",
        TestResponse.of(
                Response.ok().contentType("text/plain; q=1; Charset=\"iso-8859-1\"").body(latin))
            .text());
  }

  @Test
  void doesNotChangeWithItsBytes() throws Exception {
    TestResponse response = TestResponse.of(Response.ok().body("abc"));
    response.bytes()[0] = 'x';
    assertEquals("abc", response.text());
  }
}
