package dev.snowshed.runtime.lifecycle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The calls that functions get before the host is in rotation, made over HTTP like any other, one
 * after another. One that fails is logged and holds up nothing. Safe for concurrent use.
 */
public final class WarmUp {
  private static final Logger LOG = Logger.getLogger(WarmUp.class);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final int FIRST_FAILURE = 400;

  private final URI port;
  private final List<Target> targets;

  /**
   * What one function is called with.
   *
   * @param function its name
   * @param path what follows its name in the path: empty, or beginning with a slash or a question
   *     mark
   * @param body what is posted; a GET if there is none
   * @param contentType of the body
   * @param calls how many calls; 1 or more
   */
  public record Target(
      String function, String path, Optional<String> body, String contentType, int calls) {}

  /**
   * Warm-up of some functions.
   *
   * @param port where the function port is
   * @param targets the calls
   */
  public WarmUp(URI port, List<Target> targets) {
    this.port = port;
    this.targets = List.copyOf(targets);
  }

  boolean isEmpty() {
    return targets.isEmpty();
  }

  /** Makes the calls on a thread of its own, and then does what comes next. */
  void run(Runnable next) {
    if (targets.isEmpty()) {
      next.run();
      return;
    }
    Thread.ofPlatform()
        .name("snowshed-warm-up")
        .daemon()
        .start(
            () -> {
              try {
                callAll();
              } finally {
                next.run();
              }
            });
  }

  private void callAll() {
    long start = System.nanoTime();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build()) {
      for (Target target : targets) {
        call(client, target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.infof(
        "Warmed %d functions up in %d ms",
        targets.size(), Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private void call(HttpClient client, Target target) throws InterruptedException {
    try {
      HttpRequest request = request(target);
      for (int i = 0; i < target.calls(); i++) {
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= FIRST_FAILURE) {
          LOG.warnf(
              "The warm-up call of function '%s' was answered with %d; the host takes service all"
                  + " the same. The call is set by snowshed.function.%s.warmup",
              target.function(), status, target.function());
          return;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf(
          "The warm-up call of function '%s' failed; the host takes service all the same. The call"
              + " is set by snowshed.function.%s.warmup: %s",
          target.function(), target.function(), e);
    }
  }

  private HttpRequest request(Target target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(port.resolve("/functions/" + target.function() + target.path()))
            .timeout(MOST);
    target
        .body()
        .ifPresent(
            body ->
                request
                    .header("Content-Type", target.contentType())
                    .POST(BodyPublishers.ofString(body)));
    return request.build();
  }
}
