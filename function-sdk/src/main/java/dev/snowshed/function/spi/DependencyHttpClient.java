package dev.snowshed.function.spi;

import dev.snowshed.function.Context;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.DependencyException.Kind;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The client behind {@link dev.snowshed.function.Dependency#http}: sends requests through a
 * dependency. Safe for concurrent use.
 */
public final class DependencyHttpClient extends HttpClient {
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
  private static final String TIMEOUT_HEADER = "X-Request-Timeout";

  private final HttpClient client;
  private final Context context;
  private final DependencyCaller caller;

  /**
   * A client for one call of a function.
   *
   * @param client sends the requests
   * @param context the call
   * @param caller makes the calls
   */
  public DependencyHttpClient(HttpClient client, Context context, DependencyCaller caller) {
    this.client = client;
    this.context = context;
    this.caller = caller;
  }

  /** An answer that counts as a failure. Without a stack trace: it never reaches the function. */
  private static final class ServerError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient HttpResponse<?> response;

    ServerError(HttpResponse<?> response) {
      super("status " + response.statusCode(), null, false, false);
      this.response = response;
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return caller.call(
          () -> checked(client.send(carried(request), handler)), isRepeatable(request));
    } catch (ServerError e) {
      return response(e);
    } catch (DependencyException e) {
      throw asIo(e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, () -> client.sendAsync(carried(request), handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    return sendAsync(request, () -> client.sendAsync(carried(request), handler, pushes));
  }

  private <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, Supplier<CompletableFuture<HttpResponse<T>>> sending) {
    CompletionStage<HttpResponse<T>> sent =
        caller.callAsync(
            () -> {
              // the stage that can be cancelled, not one that depends on it
              CompletableFuture<HttpResponse<T>> whole = sending.get();
              CompletableFuture<HttpResponse<T>> judged =
                  whole.thenApply(DependencyHttpClient::checked);
              CompletableFuture<?> unused =
                  judged.whenComplete(
                      (response, failure) -> {
                        if (judged.isCancelled()) {
                          whole.cancel(true);
                        }
                      });
              return judged;
            },
            isRepeatable(request));
    CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
    sent.whenComplete((response, failure) -> complete(result, response, failure));
    CompletableFuture<?> unused =
        result.whenComplete(
            (response, failure) -> {
              if (result.isCancelled()) {
                sent.toCompletableFuture().cancel(true);
              }
            });
    return result;
  }

  private static <T> void complete(
      CompletableFuture<HttpResponse<T>> result, HttpResponse<T> response, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause == null) {
      result.complete(response);
    } else if (cause instanceof ServerError answer) {
      result.complete(response(answer));
    } else {
      result.completeExceptionally(cause instanceof DependencyException e ? asIo(e) : cause);
    }
  }

  @SuppressWarnings("unchecked") // it is the answer to the request that was sent
  private static <T> HttpResponse<T> response(ServerError error) {
    return (HttpResponse<T>) error.response;
  }

  private static <T> HttpResponse<T> checked(HttpResponse<T> response) {
    if (response.statusCode() >= 500 && response.statusCode() <= 599) {
      throw new ServerError(response);
    }
    return response;
  }

  private static IOException asIo(DependencyException e) {
    boolean late = e.kind() == Kind.TIMEOUT || e.kind() == Kind.DEADLINE;
    IOException io =
        late ? new HttpTimeoutException(e.getMessage()) : new IOException(e.getMessage());
    io.initCause(e);
    return io;
  }

  private static boolean isRepeatable(HttpRequest request) {
    return REPEATABLE.contains(request.method());
  }

  /** The request with the call's headers and no more time than there is. */
  private HttpRequest carried(HttpRequest request) {
    Duration allowed = shorter(request.timeout(), caller.allowed());
    HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
    for (Map.Entry<String, String> header : context.outboundHeaders().entrySet()) {
      if (request.headers().firstValue(header.getKey()).isEmpty()) {
        builder.setHeader(header.getKey(), value(header, allowed));
      }
    }
    return builder.timeout(allowed).build();
  }

  private static String value(Map.Entry<String, String> header, Duration allowed) {
    return header.getKey().equals(TIMEOUT_HEADER)
        ? Long.toString(allowed.toMillis())
        : header.getValue();
  }

  /** A client takes no timeout of zero; the caller has none left to give soon enough. */
  private static Duration shorter(Optional<Duration> own, Duration allowed) {
    Duration least = Duration.ofMillis(1);
    Duration most = allowed.compareTo(least) < 0 ? least : allowed;
    return own.filter(timeout -> timeout.compareTo(most) < 0).orElse(most);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  /** Not through the dependency: a conversation is no call. */
  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }
}
