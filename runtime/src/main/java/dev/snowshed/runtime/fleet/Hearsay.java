package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.Member;
import dev.snowshed.core.lifecycle.Tickets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;

/**
 * What was last heard of the other hosts, each under a key of the view's own, such as its address.
 * All of them are of the fleet; news that is too old, or of which nobody knows how old it is, is
 * worth nothing. Safe for concurrent use.
 */
final class Hearsay {
  private final String ownId;
  private final LongUnaryOperator time;
  private final long forgetNanos;
  private final Map<String, Heard> byKey = new ConcurrentHashMap<>();

  private record Heard(News news, long atNanos, boolean gone) {}

  /**
   * Nothing heard yet.
   *
   * @param ownId whose news are passed over
   * @param time in which news grows old, from {@link System#nanoTime}
   * @param forgetAfter how long after it was heard of somebody is forgotten
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

  /** Somebody should be there; nothing more is known. */
  void expect(String key) {
    News nothing = News.of(key, false, "", Tickets.NONE, OptionalLong.empty());
    byKey.computeIfAbsent(key, _ -> new Heard(nothing, nowNanos(), false));
  }

  void note(String key, News news) {
    byKey.put(key, new Heard(news, nowNanos(), false));
  }

  /** It did not answer: gone until it does, if it had said that it leaves. */
  void fellSilent(String key) {
    byKey.computeIfPresent(
        key, (_, last) -> last.news().leaving() ? new Heard(last.news(), nowNanos(), true) : last);
  }

  void remove(String key) {
    byKey.remove(key);
  }

  void retain(Collection<String> keys) {
    byKey.keySet().retainAll(keys);
  }

  /** Forgets those that nothing has been heard of for too long. */
  void forget() {
    long now = nowNanos();
    byKey.values().removeIf(each -> now - each.atNanos() > forgetNanos);
  }

  /** The others, by name, each with its latest news. */
  List<Member> members() {
    long now = nowNanos();
    Map<String, News> latest = new TreeMap<>();
    byKey.values().stream()
        .filter(each -> !each.gone())
        .map(Heard::news)
        .forEach(each -> latest.merge(each.id(), each, News::later));
    latest.remove(ownId);
    return latest.values().stream().map(each -> each.member(now, forgetNanos)).toList();
  }
}
