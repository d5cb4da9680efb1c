package dev.snowshed.runtime.dependency;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.snowshed.core.dependency.Declared;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The dependencies of one version of a function: those declared from its load on, others from their
 * first call. Safe for concurrent use.
 */
public final class FunctionGuards {
  /** Dependencies that are named by what is observed, and not by the function; at most. */
  static final int MAX_OBSERVED = 32;

  private final String digest;
  private final FunctionDependencies statistics;
  private final Protections protections;

  /** By name of the dependency, {@link FunctionDependencies#OTHER} for those beyond the bound. */
  private final Map<String, GuardedDependency> guards = new ConcurrentHashMap<>();

  /** The names of those that only spans have named. */
  private final Set<String> observed = ConcurrentHashMap.newKeySet();

  private final Map<String, DependencyDescriptor> declared;

  /** Written whenever a breaker turns. */
  private volatile String missing = "";

  /**
   * Guards of those that are declared.
   *
   * @param digest of the function's bundle
   * @param statistics in which nothing is known yet
   * @param declared the dependencies
   */
  FunctionGuards(
      String digest,
      FunctionDependencies statistics,
      Protections protections,
      List<DependencyDescriptor> declared) {
    this.digest = digest;
    this.statistics = statistics;
    this.protections = protections;
    this.declared =
        declared.stream().collect(toUnmodifiableMap(DependencyDescriptor::name, identity()));
    declared.forEach(each -> guard(each.name()));
  }

  /** The digest of the function's bundle. */
  String digest() {
    return digest;
  }

  /** The function's name. */
  public String function() {
    return statistics.function();
  }

  /** What is known of its dependencies. */
  public FunctionDependencies statistics() {
    return statistics;
  }

  /**
   * Whether calls of a dependency get through.
   *
   * @param dependency its name
   */
  public Breaker breaker(String dependency) {
    GuardedDependency known = guards.get(dependency);
    return known == null ? Breaker.CLOSED : known.breaker();
  }

  /**
   * Whether a dependency was called through {@code context.dependency} since the function was
   * loaded.
   *
   * @param dependency its name
   */
  public boolean isCalled(String dependency) {
    GuardedDependency known = guards.get(dependency);
    return known != null && known.isCalled();
  }

  /**
   * Whether a dependency was seen being called behind the host's back since the function was
   * loaded.
   *
   * @param dependency its name
   */
  public boolean isObserved(String dependency) {
    GuardedDependency known = guards.get(dependency);
    return known != null && known.isObserved();
  }

  /**
   * Where calls of a dependency are known from since the function was loaded: {@code calls} that go
   * through the host, {@code spans}, or both.
   *
   * @param dependency its name
   */
  public List<String> sources(String dependency) {
    List<String> sources = new ArrayList<>();
    if (isCalled(dependency)) {
      sources.add("calls");
    }
    if (isObserved(dependency)) {
      sources.add("spans");
    }
    return sources;
  }

  /**
   * The dependency that the function cannot do without and that is left alone for now; empty if
   * there is none.
   */
  public String missing() {
    return missing;
  }

  private void findMissing() {
    missing =
        guards.values().stream()
            .filter(each -> each.breaker() == Breaker.OPEN)
            .filter(each -> each.protection().strength() == Strength.STRONG)
            .map(each -> each.edge().dependency())
            .findFirst()
            .orElse("");
  }

  GuardedDependency guard(String dependency) {
    GuardedDependency known = guards.get(dependency);
    return known != null ? known : meet(dependency);
  }

  /**
   * One that was seen being called. Names that others make up may be many: they leave room for
   * those that the function gives.
   */
  GuardedDependency observed(String dependency) {
    GuardedDependency known = guards.get(dependency);
    GuardedDependency found = known != null ? known : guard(bounded(dependency));
    found.observed();
    return found;
  }

  private String bounded(String dependency) {
    synchronized (observed) {
      boolean room = observed.size() < MAX_OBSERVED && observed.add(dependency);
      return room || observed.contains(dependency) ? dependency : FunctionDependencies.OTHER;
    }
  }

  private GuardedDependency meet(String dependency) {
    var edge = statistics.edge(dependency);
    return guards.computeIfAbsent(
        edge.dependency(),
        name -> {
          Protection protection = protection(name);
          statistics.declare(name, declared(protection.strength()));
          return new GuardedDependency(edge, protection, this::findMissing);
        });
  }

  private Protection protection(String name) {
    if (name.equals(FunctionDependencies.OTHER)) {
      return protections.of(function(), DependencyDescriptor.named("other").build()).alone();
    }
    DependencyDescriptor known = declared.get(name);
    return protections.of(
        function(), known == null ? DependencyDescriptor.named(name).build() : known);
  }

  private static Declared declared(Strength strength) {
    return switch (strength) {
      case STRONG -> Declared.STRONG;
      case WEAK -> Declared.WEAK;
      case UNDECLARED -> Declared.UNDECLARED;
    };
  }
}
