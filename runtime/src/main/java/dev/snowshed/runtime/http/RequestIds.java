package dev.snowshed.runtime.http;

import dev.snowshed.function.TraceContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Accepts or makes the ids of a request and of its place in a trace. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";
  private static final int LONGEST = 128;
  private static final HexFormat HEX = HexFormat.of();

  private RequestIds() {}

  /**
   * The caller's id if it is 1 to 128 letters, digits, dots, underscores or hyphens, else a new
   * one.
   */
  static String acceptOrMake(@Nullable String offered) {
    return offered != null && isUsable(offered) ? offered : hex128();
  }

  /** The call's own span in the caller's trace, or in a new one. */
  static TraceContext spanIn(@Nullable String traceparent, @Nullable String state) {
    TraceContext caller =
        traceparent == null
            ? null
            : TraceContext.parse(traceparent, state == null ? "" : state).orElse(null);
    return caller == null
        ? new TraceContext(hex128(), hex64(), false, "")
        : new TraceContext(caller.traceId(), hex64(), caller.sampled(), caller.state());
  }

  private static boolean isUsable(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private static String hex128() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong() | 1) + HEX.toHexDigits(random.nextLong());
  }

  private static String hex64() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
