package dev.snowshed.runtime.dependency;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs a call of a dependency so that what spans tell of it is not counted once more. The mark goes
 * wherever OpenTelemetry's context goes. As long as no function on the host uses OpenTelemetry, it
 * does nothing, and loads no class of it.
 */
public final class Covered {
  private static volatile boolean watching;

  private Covered() {}

  /** Some function uses OpenTelemetry. */
  public static void watch() {
    watching = true;
  }

  /** Whether some function does. */
  public static boolean isWatching() {
    return watching;
  }

  /** Whether a call of a dependency covers what happens in a context. */
  public static boolean covers(Context context) {
    return context.get(Mark.KEY) != null;
  }

  static <T> T call(Callable<? extends T> call) throws Exception {
    if (!watching) {
      return call.call();
    }
    try (Scope _ = Mark.onCurrent().makeCurrent()) {
      return call.call();
    }
  }

  static <T> CompletionStage<T> get(Supplier<? extends CompletionStage<T>> call) {
    if (!watching) {
      return call.get();
    }
    try (Scope _ = Mark.onCurrent().makeCurrent()) {
      return call.get();
    }
  }

  private static final class Mark {
    static final ContextKey<Boolean> KEY = ContextKey.named("snowshed-covered");

    private Mark() {}

    static Context onCurrent() {
      return Context.current().with(KEY, true);
    }
  }
}
