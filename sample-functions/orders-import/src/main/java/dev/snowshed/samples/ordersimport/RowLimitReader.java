package dev.snowshed.samples.ordersimport;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses a row of more than about a million characters. Otherwise one forgotten quotation mark
 * would make the rest of the file a single value, and memory would have to hold it.
 */
final class RowLimitReader extends FilterReader {
  private static final int MAX_CHARS = 1_000_000;

  private int chars;

  RowLimitReader(Reader in) {
    super(in);
  }

  /** A row is too long. */
  static final class RowTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    RowTooLongException() {
      super(
          "from here on there is no end of a row within "
              + MAX_CHARS
              + " characters; is a closing quotation mark missing? The import ends here");
    }
  }

  /** Tells that a row has ended. */
  void startRow() {
    chars = 0;
  }

  @Override
  public int read() throws IOException {
    int character = super.read();
    count(character < 0 ? 0 : 1);
    return character;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) throws RowTooLongException {
    chars += read;
    if (chars > MAX_CHARS) {
      throw new RowTooLongException();
    }
  }
}
