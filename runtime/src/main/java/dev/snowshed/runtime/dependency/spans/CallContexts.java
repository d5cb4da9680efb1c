package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.runtime.logging.CurrentCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Which context is current: what the function has made current on the thread, else that of the call
 * the thread works on. So a call needs no scope of its own, and one that never asks pays nothing.
 */
final class CallContexts implements ContextStorage {
  private static final ThreadLocal<Context> ATTACHED = new ThreadLocal<>();

  /** What the current thread works on; null if that is no call. */
  static @Nullable SpanOwner ownerOfThread() {
    return CurrentCall.get() instanceof SpanOwner owner ? owner : null;
  }

  /** Forgets what was made current on this thread and was not closed. */
  static void clear() {
    ATTACHED.remove();
  }

  @Override
  public @Nullable Context current() {
    Context attached = ATTACHED.get();
    if (attached != null) {
      return attached;
    }
    SpanOwner owner = ownerOfThread();
    return owner == null ? null : owner.spanRoot().context();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // of two contexts that are equal each has a scope
  public Scope attach(@Nullable Context context) {
    Context before = ATTACHED.get();
    if (context == null || context == before) {
      return Scope.noop();
    }
    ATTACHED.set(context);
    return new Attached(context, before);
  }

  /** Closed on another thread, or out of order, it does nothing. */
  private record Attached(Context context, @Nullable Context before) implements Scope {
    @Override
    @SuppressWarnings("ReferenceEquality") // as above
    public void close() {
      if (ATTACHED.get() != context) {
        return;
      }
      if (before == null) {
        ATTACHED.remove();
      } else {
        ATTACHED.set(before);
      }
    }
  }
}
