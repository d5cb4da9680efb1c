package dev.snowshed.runtime.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Load at a constant rate, whatever becomes of the requests; latencies count from when each was
 * meant to be sent.
 */
public final class OpenLoop {
  private final List<Answered> answers;
  private final long endNanos;

  /**
   * One request.
   *
   * @param status the HTTP status; 0 if there was none
   * @param atNanos when it was answered, after the start
   * @param latencyNanos since it was meant to be sent
   */
  private record Answered(int status, long atNanos, long latencyNanos) {}

  private OpenLoop(List<Answered> answers, long endNanos) {
    this.answers = answers;
    this.endNanos = endNanos;
  }

  /** Sends GET requests for a while, and waits for the last answer. */
  public static OpenLoop run(URI target, double perSecond, Duration duration) {
    return run(
        HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(10)).build(),
        perSecond,
        duration);
  }

  /** Sends a request again and again for a while, and waits for the last answer. */
  public static OpenLoop run(HttpRequest request, double perSecond, Duration duration) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<CompletableFuture<Answered>> sent = new ArrayList<>();
      long start = System.nanoTime();
      for (long i = 0; ; i++) {
        long due = start + (long) (i * 1e9 / perSecond);
        if (due - start >= duration.toNanos()) {
          break;
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        sent.add(
            client
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle(
                    (response, failure) ->
                        new Answered(
                            failure == null ? response.statusCode() : 0,
                            System.nanoTime() - start,
                            System.nanoTime() - due)));
      }
      return new OpenLoop(sent.stream().map(CompletableFuture::join).toList(), duration.toNanos());
    }
  }

  /** How many were sent. */
  public long count() {
    return answers.size();
  }

  /** How many were answered with this status. */
  public long count(int status) {
    return answers.stream().filter(answer -> answer.status() == status).count();
  }

  /** How many were answered with 200 within a deadline. */
  public long good(Duration deadline) {
    return answers.stream()
        .filter(answer -> answer.status() == 200)
        .filter(answer -> answer.latencyNanos() <= deadline.toNanos())
        .count();
  }

  /** How many per second were answered with 200 within a deadline, after a time to settle. */
  public double goodPerSecond(Duration deadline, Duration settle) {
    long good =
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .filter(answer -> answer.latencyNanos() <= deadline.toNanos())
            .filter(answer -> answer.atNanos() >= settle.toNanos())
            .filter(answer -> answer.atNanos() <= endNanos)
            .count();
    return good * 1e9 / (endNanos - settle.toNanos());
  }

  /** A quantile of the latencies of what was answered with 200. */
  public Duration goodQuantile(double share) {
    return quantile(200, share);
  }

  /** A quantile of the latencies of what was answered with a status; there has to be one. */
  public Duration quantile(int status, double share) {
    long[] sorted =
        answers.stream()
            .filter(answer -> answer.status() == status)
            .mapToLong(Answered::latencyNanos)
            .sorted()
            .toArray();
    return Duration.ofNanos(sorted[(int) Math.floor(share * (sorted.length - 1))]);
  }

  @Override
  public String toString() {
    Map<Integer, Integer> statuses = new TreeMap<>();
    answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
    return "answers by status " + statuses;
  }
}
