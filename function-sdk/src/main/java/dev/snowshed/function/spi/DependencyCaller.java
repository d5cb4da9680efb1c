package dev.snowshed.function.spi;

import dev.snowshed.function.DependencyException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Makes the calls of the clients of a dependency. Safe for concurrent use. */
public interface DependencyCaller {

  /** How long an attempt that begins now may take; not negative. */
  Duration allowed();

  /**
   * Makes a call on this thread.
   *
   * @param <T> what it gives
   * @param call the call
   * @param repeatable whether it may be made more than once
   * @return what it gave
   * @throws DependencyException if it was refused or cut
   * @throws Exception what it threw
   */
  <T> T call(Callable<? extends T> call, boolean repeatable) throws Exception;

  /**
   * Starts a call.
   *
   * @param <T> what it gives
   * @param call starts it
   * @param repeatable whether it may be made more than once
   * @return completes as it does, or with a {@link DependencyException}
   */
  <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call, boolean repeatable);
}
