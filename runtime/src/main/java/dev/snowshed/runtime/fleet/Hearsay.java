package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Tickets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * What was last heard of the other hosts, each under a key of the view's own, such as its address.
 * Safe for concurrent use.
 */
final class Hearsay {
  private final String ownId;
  private final LongUnaryOperator time;
  private final long forgetNanos;
  private final Map<String, News> byKey = new ConcurrentHashMap<>();

  /**
   * Nothing heard yet.
   *
   * @param ownId whose news are passed over
   * @param time in which news grows old, from {@link System#nanoTime}
   * @param forgetAfter the age from which on news is forgotten
   */
  Hearsay(String ownId, LongUnaryOperator time, Duration forgetAfter) {
    this.ownId = ownId;
    this.time = time;
    this.forgetNanos = forgetAfter.toNanos();
  }

  /** The time by which news tells when it was asked for. */
  long nowNanos() {
    return time.applyAsLong(System.nanoTime());
  }

  /** A time at which news of somebody who was never heard of may be dated: it is worth nothing. */
  long longAgoNanos() {
    return nowNanos() - forgetNanos / 2;
  }

  /** Somebody should be there; nothing more is known, as if it had been silent for long. */
  void expect(String key) {
    byKey.computeIfAbsent(key, _ -> News.of(key, false, "", Tickets.NONE, longAgoNanos()));
  }

  void note(String key, News news) {
    byKey.put(key, news);
  }

  /** It did not answer: gone, if it had said that it leaves. */
  void fellSilent(String key) {
    byKey.computeIfPresent(key, (_, last) -> last.leaving() ? null : last);
  }

  void retain(Collection<String> keys) {
    byKey.keySet().retainAll(keys);
  }

  /** Forgets what is too old, and tells whose it was. */
  Set<String> forget() {
    long now = nowNanos();
    Set<String> old =
        byKey.entrySet().stream()
            .filter(each -> now - each.getValue().asOfNanos() > forgetNanos)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    byKey.keySet().removeAll(old);
    return old;
  }

  /** The others, by name, each with its latest news. */
  List<Member> members() {
    long now = nowNanos();
    Map<String, News> latest = new TreeMap<>();
    byKey.values().forEach(each -> latest.merge(each.id(), each, News::later));
    latest.remove(ownId);
    return latest.values().stream().map(each -> each.member(now)).toList();
  }
}
