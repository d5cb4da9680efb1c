package dev.snowshed.simulation.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Chooses a host for each attempt. Not safe for concurrent use. */
final class Balancer {
  /** No host is up. */
  static final int NONE = -1;

  private final Balancing balancing;
  private final Backend[] backends;
  private int last = NONE;

  Balancer(Balancing balancing, int hosts) {
    this.balancing = balancing;
    this.backends = Stream.generate(Backend::new).limit(hosts).toArray(Backend[]::new);
  }

  Backend backend(int host) {
    return backends[host];
  }

  /** Which part of the hosts is up. */
  double readyShare() {
    return (double) Arrays.stream(backends).filter(Backend::isUp).count() / backends.length;
  }

  /**
   * A host that is up.
   *
   * @param tried hosts that have failed to answer this attempt; they are left out
   * @return its index, or {@link #NONE}
   */
  int pick(List<Integer> tried) {
    int picked =
        switch (balancing) {
          case ROUND_ROBIN -> next(tried);
          case LEAST_CONNECTIONS -> least(tried, false);
          case WEIGHTED -> smooth(tried);
          case WEIGHTED_LEAST_CONNECTIONS -> least(tried, true);
        };
    last = picked == NONE ? last : picked;
    return picked;
  }

  private boolean isCandidate(int host, List<Integer> tried) {
    return backends[host].isUp() && (tried.isEmpty() || !tried.contains(host));
  }

  private int after(int steps) {
    return (last + 1 + steps) % backends.length;
  }

  private int next(List<Integer> tried) {
    for (int i = 0; i < backends.length; i++) {
      if (isCandidate(after(i), tried)) {
        return after(i);
      }
    }
    return NONE;
  }

  private int least(List<Integer> tried, boolean weighted) {
    int best = NONE;
    double bestLoad = Double.MAX_VALUE;
    for (int i = 0; i < backends.length; i++) {
      int host = after(i);
      Backend backend = backends[host];
      double load = (backend.underWay() + 1) / (weighted ? backend.weight() : 1);
      if (load < bestLoad && isCandidate(host, tried)) {
        best = host;
        bestLoad = load;
      }
    }
    return best;
  }

  private int smooth(List<Integer> tried) {
    int best = NONE;
    double sum = 0;
    for (int host = 0; host < backends.length; host++) {
      if (!isCandidate(host, tried)) {
        continue;
      }
      Backend backend = backends[host];
      backend.credit += backend.weight();
      sum += backend.weight();
      if (best == NONE || backend.credit > backends[best].credit) {
        best = host;
      }
    }
    if (best != NONE) {
      backends[best].credit -= sum;
    }
    return best;
  }
}
