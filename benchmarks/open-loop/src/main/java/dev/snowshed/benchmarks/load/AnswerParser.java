package dev.snowshed.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers, one after another, and keeps of each its status and whether the
 * connection lives on. Not safe for concurrent use.
 *
 * <pre>
 * LINES --empty line--> BODY -----> DONE            with Content-Length
 *                       SIZE <-> CHUNK, SIZE -0-> TRAILERS --empty line--> DONE
 *                       REST --end of stream--> DONE  with neither
 * </pre>
 */
final class AnswerParser {
  private static final int LONGEST_LINE = 8192;

  private enum State {
    LINES,
    BODY,
    SIZE,
    CHUNK,
    TRAILERS,
    REST,
    DONE
  }

  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private State state = State.LINES;
  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private long left;

  /** Starts with the next answer. */
  void reset() {
    length = 0;
    state = State.LINES;
    status = 0;
    keepAlive = true;
    chunked = false;
    left = -1;
  }

  /**
   * Reads on.
   *
   * @param bytes what has come; read to the end of the answer or of what there is
   * @return whether the answer is complete
   * @throws IllegalStateException if this is no HTTP/1.1
   */
  boolean read(ByteBuffer bytes) {
    while (state != State.DONE && bytes.hasRemaining()) {
      switch (state) {
        case BODY, CHUNK -> skip(bytes);
        case REST -> bytes.position(bytes.limit());
        default -> readLine(bytes);
      }
    }
    return state == State.DONE;
  }

  /**
   * Learns that the stream is at its end.
   *
   * @return whether that completes the answer
   */
  boolean end() {
    return state == State.REST;
  }

  int status() {
    return status;
  }

  /** Whether another request can follow on this connection. */
  boolean keepAlive() {
    return keepAlive && state == State.DONE;
  }

  private void skip(ByteBuffer bytes) {
    int step = (int) Math.min(left, bytes.remaining());
    bytes.position(bytes.position() + step);
    left -= step;
    if (left == 0) {
      // a chunk ends with a line break, which reads as an empty size
      state = state == State.BODY ? State.DONE : State.SIZE;
    }
  }

  private void readLine(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        endLine();
        length = 0;
        return;
      }
      if (next != '\r') {
        if (length == LONGEST_LINE) {
          throw new IllegalStateException("a line is longer than " + LONGEST_LINE + " bytes");
        }
        line[length++] = next;
      }
    }
  }

  private void endLine() {
    switch (state) {
      case LINES -> endHeaderLine();
      case SIZE -> endSize();
      case TRAILERS -> {
        if (length == 0) {
          state = State.DONE;
        }
      }
      default -> throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void endHeaderLine() {
    if (status == 0) {
      status = readStatus();
    } else if (length == 0) {
      endHeaders();
    } else {
      readHeader();
    }
  }

  private int readStatus() {
    String text = text();
    if (!text.startsWith("HTTP/1.1 ") || text.length() < 12) {
      throw new IllegalStateException("no HTTP/1.1 status: " + text);
    }
    return Integer.parseInt(text, 9, 12, 10);
  }

  private void endHeaders() {
    if (chunked) {
      state = State.SIZE;
    } else if (left == 0) {
      state = State.DONE;
    } else {
      state = left > 0 ? State.BODY : State.REST;
    }
  }

  /** Only headers that begin with a c or a t matter. */
  private void readHeader() {
    int first = line[0] | 0x20;
    if (first != 'c' && first != 't') {
      return;
    }
    String text = text().toLowerCase(Locale.ROOT);
    if (text.startsWith("content-length:")) {
      left = Long.parseLong(text.substring("content-length:".length()).trim());
    } else if (text.startsWith("transfer-encoding:")) {
      chunked = text.contains("chunked");
    } else if (text.startsWith("connection:")) {
      keepAlive = !text.contains("close");
    }
  }

  private void endSize() {
    if (length == 0) {
      return;
    }
    String text = text();
    int end = text.indexOf(';');
    left = Long.parseLong((end < 0 ? text : text.substring(0, end)).trim(), 16);
    state = left == 0 ? State.TRAILERS : State.CHUNK;
  }

  private String text() {
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }
}
