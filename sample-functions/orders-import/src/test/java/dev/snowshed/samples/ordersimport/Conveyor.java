package dev.snowshed.samples.ordersimport;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Makes rows as they are read, counts lines as they are written, and watches the difference. */
final class Conveyor {
  private final byte[] row;
  private final int rows;
  private byte[] current;
  private int at;
  private int rowsRead;
  private long bytesRead;
  private int linesWritten;
  private int mostRowsHeld;

  Conveyor(String header, String row, int rows) {
    this.current = header.getBytes(StandardCharsets.UTF_8);
    this.row = row.getBytes(StandardCharsets.UTF_8);
    this.rows = rows;
  }

  long bytesRead() {
    return bytesRead;
  }

  int linesWritten() {
    return linesWritten;
  }

  /** The most rows that were read and not yet answered. */
  int mostRowsHeld() {
    return mostRowsHeld;
  }

  InputStream in() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int read = 0;
        while (read < length && fill()) {
          int part = Math.min(length - read, current.length - at);
          System.arraycopy(current, at, buffer, offset + read, part);
          at += part;
          read += part;
        }
        bytesRead += read;
        return read == 0 ? -1 : read;
      }
    };
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        if (b == '\n') {
          linesWritten++;
        }
      }
    };
  }

  private boolean fill() {
    if (at == current.length && rowsRead < rows) {
      current = row;
      at = 0;
      rowsRead++;
      mostRowsHeld = Math.max(mostRowsHeld, rowsRead - linesWritten);
    }
    return at < current.length;
  }
}
