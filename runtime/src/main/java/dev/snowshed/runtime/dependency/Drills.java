package dev.snowshed.runtime.dependency;

import org.jspecify.annotations.Nullable;

/** Knows which calls of functions take part in a drill. Safe for concurrent use; never blocks. */
@FunctionalInterface
public interface Drills {

  /**
   * The request header that marks a call: {@code <drill id>;<treatment index>}. It is honoured only
   * while that drill runs on this host, and never passed on.
   */
  String HEADER = "X-Snowshed-Drill";

  /** No drill ever. */
  Drills NONE = (headerValue, function) -> null;

  /**
   * What a marked call goes through. Asked once for each call that carries the header, on an event
   * loop.
   *
   * @param headerValue the header's value, as sent
   * @param function the function's name
   * @return what to do to its dependencies, or null if the mark means nothing: the call is then
   *     like any other
   */
  @Nullable Injections of(String headerValue, String function);
}
