package dev.snowshed.runtime.logging;

import dev.snowshed.runtime.loading.CallScope;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Which call the current thread works on, for the log. */
public final class CurrentCall implements CallScope {
  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

  /** A piece of a function's work. */
  public interface Scope {
    /** The function's name. */
    String functionName();

    /** The request's id; empty for work that belongs to no request, such as a start hook. */
    String requestId();
  }

  private record HookScope(String functionName) implements Scope {
    @Override
    public String requestId() {
      return "";
    }
  }

  /** What the current thread works on, or null. */
  public static @Nullable Scope get() {
    return CURRENT.get();
  }

  /** Marks the current thread as working on a call, until {@link #exit}. */
  public static void enter(Scope scope) {
    CURRENT.set(scope);
  }

  /** Ends what {@link #enter} began. */
  public static void exit() {
    CURRENT.remove();
  }

  @Override
  public <T> T call(String function, ClassLoader loader, Callable<T> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    enter(new HookScope(function));
    thread.setContextClassLoader(loader);
    try {
      return action.call();
    } finally {
      thread.setContextClassLoader(before);
      exit();
    }
  }
}
