package dev.snowshed.function;

import java.net.http.HttpClient;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Something else that a function calls, on behalf of one call of the function. Every call through
 * it is observed, and protected as {@link DependsOn} and the host's configuration say: it is cut
 * after the dependency's timeout and when the function's deadline passes, refused while too many
 * are under way or too many have failed, and tried again as often as is allowed. Safe for
 * concurrent use, and valid until the function's call ends.
 *
 * <p>Wrap each call once: {@link #http} or {@link #dataSource} inside of {@link #call} would count
 * it twice.
 */
public interface Dependency {

  /** The dependency's name. */
  String name();

  /**
   * Calls the dependency on this thread. It is cut by an interrupt.
   *
   * @param <T> what it gives
   * @param call the call; it may be run more than once if retries are allowed
   * @return what the call returned
   * @throws DependencyException if it was refused or cut
   * @throws Exception what the call threw
   */
  <T> T call(Callable<? extends T> call) throws Exception;

  /**
   * Calls the dependency on this thread, and goes on without it if it fails. A call that ends
   * because the function's own call is cancelled is not stood in for.
   *
   * @param <T> what it gives
   * @param call the call; it may be run more than once if retries are allowed
   * @param fallback stands in for it
   * @return what the call, or else the fallback, returned
   * @throws Exception what the fallback threw
   */
  <T> T call(Callable<? extends T> call, Fallback<? extends T> fallback) throws Exception;

  /**
   * Calls the dependency without waiting for it. It is cut by cancelling the stage that the call
   * gave.
   *
   * @param <T> what it gives
   * @param call starts the call; it may be run more than once if retries are allowed
   * @return completes as the call does, or with a {@link DependencyException} if it was refused or
   *     cut
   */
  <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call);

  /**
   * Calls the dependency without waiting for it, and goes on without it if it fails. A call that
   * ends because the function's own call is cancelled is not stood in for.
   *
   * @param <T> what it gives
   * @param call starts the call; it may be run more than once if retries are allowed
   * @param fallback stands in for it; gets the failure itself, not a {@code CompletionException}
   *     around it
   * @return completes as the call, or else the fallback, does
   */
  <T> CompletionStage<T> callAsync(
      Supplier<? extends CompletionStage<T>> call, Fallback<? extends T> fallback);

  /**
   * A client whose requests go through this dependency. They carry {@link Context#outboundHeaders}
   * unless they set those headers themselves, and have no more time than the dependency has. A
   * status of 500 to 599 counts as a failure of the dependency, and the response is returned all
   * the same. Only requests that may be repeated (GET, HEAD, OPTIONS, PUT, DELETE) are tried again.
   * A refusal or cut is an {@link java.io.IOException}, a timeout an {@link
   * java.net.http.HttpTimeoutException}, with the {@link DependencyException} as cause.
   *
   * @return a client that follows no redirects, shared by all calls; to be left open
   */
  HttpClient http();

  /**
   * A view of a data source whose connections are taken, and whose statements are executed, through
   * this dependency. Statements get no more time than the dependency has, to the second. Retries
   * apply to taking a connection only. A refusal or cut is an {@link
   * java.sql.SQLTransientException}, with the {@link DependencyException} as cause.
   *
   * @param own the function's own data source
   * @return the view; cheap, made for each call
   */
  DataSource dataSource(DataSource own);
}
