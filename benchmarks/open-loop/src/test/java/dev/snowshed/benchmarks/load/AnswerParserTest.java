package dev.snowshed.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerParserTest {
  private static final String SIZED =
      "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
  private static final String CHUNKED =
      "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\nA;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\n\r\n";

  private final AnswerParser parser = new AnswerParser();

  @BeforeEach
  void reset() {
    parser.reset();
  }

  @Test
  void readsASizedAnswer() {
    assertTrue(parser.read(bytes(SIZED)));
    assertEquals(200, parser.status());
    assertTrue(parser.keepAlive());
  }

  @Test
  void readsAChunkedAnswer() {
    assertTrue(parser.read(bytes(CHUNKED)));
    assertEquals(503, parser.status());
    assertTrue(parser.keepAlive());
  }

  @Test
  void readsByteByByteAndNeverEndsEarly() {
    for (String answer : new String[] {SIZED, CHUNKED}) {
      parser.reset();
      for (int i = 0; i < answer.length() - 1; i++) {
        assertFalse(parser.read(bytes(answer.substring(i, i + 1))), "at " + i);
      }
      assertTrue(parser.read(bytes(answer.substring(answer.length() - 1))));
    }
  }

  @Test
  void readsAnswersWithoutABody() {
    assertTrue(parser.read(bytes("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n")));
    assertEquals(503, parser.status());
  }

  @Test
  void keepsNoConnectionThatTheServerCloses() {
    assertTrue(
        parser.read(bytes("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")));
    assertFalse(parser.keepAlive());
  }

  @Test
  void endsAnUnsizedAnswerWithTheStream() {
    assertFalse(parser.read(bytes("HTTP/1.1 200 OK\r\n\r\nhello")));
    assertTrue(parser.end());
    assertFalse(parser.keepAlive());

    parser.reset();
    assertFalse(parser.read(bytes(SIZED.substring(0, SIZED.length() - 1))));
    assertFalse(parser.end());
  }

  @Test
  void refusesWhatIsNoAnswer() {
    assertThrows(IllegalStateException.class, () -> parser.read(bytes("SSH-2.0-x\r\n")));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
