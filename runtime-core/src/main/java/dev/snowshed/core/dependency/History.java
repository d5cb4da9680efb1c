package dev.snowshed.core.dependency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cuts what the counters of a function count into pieces of time. Whoever comes first after the end
 * of a piece cuts; others do not wait. Safe for concurrent use.
 */
final class History {
  private static final int MAX_SOURCES = 1024;

  private final long sliceNanos;
  private final long windowNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written with the lock held. */
  private volatile boolean begun;

  /** When there is something to cut. Written with the lock held. */
  private volatile long dueNanos;

  // Guarded by the lock.
  private final Recent recent = new Recent();
  private final List<EdgeSeries> series = new ArrayList<>();
  private final Map<String, Received> received = new TreeMap<>();
  private long markNanos;
  private long sliceSinceNanos;
  private long sequence;

  private record EdgeSeries(Series live, Series drilled) {
    EdgeSeries(Edge edge) {
      this(new Series(edge.tally(false), false), new Series(edge.tally(true), true));
    }
  }

  private record Received(Testimony testimony, long atNanos) {
    Testimony at(long nowNanos) {
      return testimony.aged(nowNanos - atNanos);
    }
  }

  /** How the counters stand. */
  interface Counters {
    /** The edges, by index. */
    Edge[] edges();

    /** The time of the function's calls. */
    long functionNanos();
  }

  private final Counters counters;

  History(DependencySettings settings, Counters counters) {
    this.sliceNanos = settings.slice().toNanos();
    this.windowNanos = settings.window().toNanos();
    this.counters = counters;
  }

  /** Cuts if it is time. Does not wait. */
  void tick(long nowNanos) {
    if (begun && nowNanos - dueNanos < 0) {
      return;
    }
    if (lock.tryLock()) {
      try {
        cut(nowNanos);
      } finally {
        lock.unlock();
      }
    }
  }

  private void cut(long nowNanos) {
    if (!begun) {
      markNanos = nowNanos;
      sliceSinceNanos = nowNanos;
      recent.mark(nowNanos, readings(), counters.functionNanos());
    } else if (nowNanos - dueNanos >= 0) {
      mark(nowNanos);
      slice(nowNanos);
    }
    long toMark = markNanos + Recent.STEP_NANOS;
    long toSlice = sliceSinceNanos + sliceNanos;
    dueNanos = toMark - toSlice < 0 ? toMark : toSlice;
    begun = true;
  }

  /** Nothing has been counted since the end of the step, as that would have made a mark. */
  private void mark(long nowNanos) {
    if (nowNanos - markNanos < Recent.STEP_NANOS) {
      return;
    }
    recent.mark(markNanos + Recent.STEP_NANOS, readings(), counters.functionNanos());
    markNanos += (nowNanos - markNanos) / Recent.STEP_NANOS * Recent.STEP_NANOS;
  }

  private List<Reading> readings() {
    return Arrays.stream(counters.edges()).map(Reading::of).toList();
  }

  private void slice(long nowNanos) {
    if (nowNanos - sliceSinceNanos < sliceNanos) {
      return;
    }
    knowAll();
    long until = sliceSinceNanos + sliceNanos;
    for (EdgeSeries each : series) {
      each.live.close(sliceSinceNanos, until, windowNanos);
      each.drilled.close(sliceSinceNanos, until, windowNanos);
    }
    sliceSinceNanos += (nowNanos - sliceSinceNanos) / sliceNanos * sliceNanos;
    received.values().removeIf(each -> each.at(nowNanos).within(windowNanos).strata().isEmpty());
  }

  private void knowAll() {
    Edge[] edges = counters.edges();
    for (int i = series.size(); i < edges.length; i++) {
      series.add(new EdgeSeries(edges[i]));
    }
  }

  /** What was seen here and what others have seen, not older than the window. */
  Evidence evidence(String function, String source, long nowNanos) {
    lock.lock();
    try {
      cut(nowNanos);
      Evidence all = Evidence.none(function);
      for (Received each : received.values()) {
        all = all.with(each.at(nowNanos).within(windowNanos));
      }
      return all.with(new Testimony(source, ++sequence, 0, own(nowNanos)));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, List<Stratum>> own(long nowNanos) {
    knowAll();
    Edge[] edges = counters.edges();
    Map<String, List<Stratum>> own = new TreeMap<>();
    for (int i = 0; i < series.size(); i++) {
      EdgeSeries each = series.get(i);
      List<Stratum> strata = each.live.strata(nowNanos, sliceSinceNanos, windowNanos);
      strata.addAll(each.drilled.strata(nowNanos, sliceSinceNanos, windowNanos));
      own.put(edges[i].dependency(), strata);
    }
    return own;
  }

  /** Takes in what others have seen, but not what was seen here. */
  void merge(Evidence other, String source, long nowNanos) {
    lock.lock();
    try {
      for (Testimony each : other.testimonies().values()) {
        if (!each.source().equals(source)) {
          receive(each, nowNanos);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void receive(Testimony testimony, long nowNanos) {
    Received before = received.get(testimony.source());
    Testimony latest = before == null ? testimony : Testimony.later(before.at(nowNanos), testimony);
    Testimony kept = latest.within(windowNanos);
    if (before == null && (kept.strata().isEmpty() || received.size() >= MAX_SOURCES)) {
      return;
    }
    received.put(testimony.source(), new Received(kept, nowNanos));
  }

  /** What the counters show of the last minute. */
  Pace pace(int edge, long nowNanos) {
    lock.lock();
    try {
      cut(nowNanos);
      Reading reading = Reading.of(counters.edges()[edge]);
      return new Pace(
          reading,
          reading.since(recent.before(edge, nowNanos)),
          counters.functionNanos() - recent.functionNanosBefore(nowNanos),
          recent.seconds(nowNanos));
    } finally {
      lock.unlock();
    }
  }
}
