package dev.snowshed.runtime.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Defaults of Quarkus that give the management port an event loop which the function port does not
 * use: one more than Quarkus would have, and the function port on all but one. Vert.x hands event
 * loops out in turn; that of the main thread, which the management port gets, comes right before
 * those of the function port.
 */
public final class EventLoops implements ConfigSource {
  /** Below every other source: whatever is configured wins. */
  private static final int ORDINAL = 10;

  private static final int PER_PROCESSOR = 2;
  private static final long LEAST_BYTES_EACH = 10 << 20;

  private final Map<String, String> values;

  /** For this machine. */
  public EventLoops() {
    int forFunctions = forFunctions();
    values =
        Map.of(
            "quarkus.http.io-threads", String.valueOf(forFunctions),
            "quarkus.vertx.event-loops-pool-size", String.valueOf(forFunctions + 1));
  }

  /** As many as Quarkus would have: no more than memory allows. */
  private static int forFunctions() {
    Runtime machine = Runtime.getRuntime();
    long allowed = machine.maxMemory() / LEAST_BYTES_EACH;
    return (int)
        Math.clamp(PER_PROCESSOR * (long) machine.availableProcessors(), 1, Math.max(1, allowed));
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public @Nullable String getValue(String name) {
    return values.get(name);
  }

  @Override
  public String getName() {
    return "event loops";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
