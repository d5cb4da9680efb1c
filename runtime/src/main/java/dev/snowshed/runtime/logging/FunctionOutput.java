package dev.snowshed.runtime.logging;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Turns what functions print to {@code System.out} and {@code System.err} into log lines of their
 * call; what others print goes where it went before. Safe for concurrent use.
 */
public final class FunctionOutput extends OutputStream {
  private static final int LONGEST_LINE = 8192;

  /** Set while this thread writes a line to the log, which may itself print. */
  private static final ThreadLocal<Boolean> EMITTING = new ThreadLocal<>();

  private final OutputStream original;
  private final Consumer<String> log;
  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadLocal<ByteArrayOutputStream> line =
      ThreadLocal.withInitial(ByteArrayOutputStream::new);

  FunctionOutput(OutputStream original, Consumer<String> log) {
    this.original = original;
    this.log = log;
  }

  /** Puts itself in the place of both streams, for the life of the process. */
  public static void install() {
    Logger out = Logger.getLogger("function.stdout");
    Logger err = Logger.getLogger("function.stderr");
    System.setOut(stream(System.out, out::info));
    System.setErr(stream(System.err, err::warn));
  }

  private static PrintStream stream(PrintStream original, Consumer<String> log) {
    return new PrintStream(new FunctionOutput(original, log), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (CurrentCall.get() == null || EMITTING.get() != null) {
      pass(bytes, offset, length);
      return;
    }
    ByteArrayOutputStream buffer = line.get();
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n' || buffer.size() >= LONGEST_LINE) {
        emit(buffer);
      }
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        buffer.write(bytes[i]);
      }
    }
  }

  private void emit(ByteArrayOutputStream buffer) {
    String text = buffer.toString(StandardCharsets.UTF_8);
    buffer.reset();
    EMITTING.set(true);
    try {
      log.accept(text);
    } finally {
      EMITTING.remove();
    }
  }

  private void pass(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      original.write(bytes, offset, length);
      original.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(
          String.format(Locale.ROOT, "cannot write %d bytes to the original stream", length), e);
    } finally {
      lock.unlock();
    }
  }
}
