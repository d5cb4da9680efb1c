package dev.snowshed.runtime.dependency;

import dev.snowshed.core.dependency.DependencySettings;
import dev.snowshed.core.dependency.FunctionDependencies;
import dev.snowshed.function.Context;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.loading.BundleLocation;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.loading.LoadListener;
import dev.snowshed.runtime.loading.LoadProblem;
import dev.snowshed.runtime.loading.LoadedBundle;
import dev.snowshed.runtime.loading.LoadedFunction;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies of all functions of this host. What is known of a function's is kept until other
 * code takes its place, or none: what one version survives tells nothing of the next. Safe for
 * concurrent use.
 */
public final class HostDependencies implements LoadListener {
  private final Protections protections;
  private final FunctionRegistry registry;
  private final Drills drills;
  private final HttpClient http = client();
  private final Map<String, FunctionGuards> functions = new ConcurrentHashMap<>();

  /**
   * Knows nothing yet.
   *
   * @param config what the configuration says of functions, by name
   * @param registry the functions that are served
   * @param drills know which calls take part in a drill
   */
  public HostDependencies(
      Map<String, HostConfig.FunctionOverride> config, FunctionRegistry registry, Drills drills) {
    this.protections = new Protections(config);
    this.registry = registry;
    this.drills = drills;
  }

  /** Shared by all calls; its threads are virtual, and know no class loader of a function. */
  private static HttpClient client() {
    return HttpClient.newBuilder().executor(FaultTolerance.executor()).build();
  }

  /** Those of each function that was loaded, by no particular order. */
  public Collection<FunctionGuards> functions() {
    return List.copyOf(functions.values());
  }

  /**
   * Those of one function.
   *
   * @param function it, loaded
   */
  public FunctionGuards of(LoadedFunction function) {
    FunctionGuards known = functions.get(function.name());
    return known != null ? known : open(function);
  }

  private FunctionGuards open(LoadedFunction function) {
    return functions.computeIfAbsent(function.name(), _ -> guards(function));
  }

  private FunctionGuards guards(LoadedFunction function) {
    DependencySettings settings =
        new DependencySettings(
            UUID.randomUUID().toString(), Duration.ofNanos(function.timeoutNanos()));
    return new FunctionGuards(
        digest(function),
        new FunctionDependencies(function.name(), settings),
        protections,
        function.descriptor().dependencies());
  }

  private static String digest(LoadedFunction function) {
    return function.bundle().version().digest();
  }

  /**
   * The dependencies as one call of a function reaches them.
   *
   * @param function the function
   * @param context the call
   * @param injections what it goes through in a drill; null if it takes part in none
   */
  public CallDependencies of(
      LoadedFunction function, Context context, @Nullable Injections injections) {
    return new CallDependencies(
        of(function),
        function.timeoutNanos(),
        function.bundle().classLoader(),
        context,
        http,
        injections);
  }

  /**
   * The dependency that a function cannot do without and that is left alone for now.
   *
   * @param function the function
   * @return its name; empty if there is none
   */
  public String missing(LoadedFunction function) {
    FunctionGuards known = functions.get(function.name());
    return known == null ? "" : known.missing();
  }

  /**
   * What a call goes through in a drill.
   *
   * @param mark the value of {@link Drills#HEADER}; null if the call carries none
   * @param function the function's name
   * @return null if it takes part in none
   */
  public @Nullable Injections injections(@Nullable String mark, String function) {
    return mark == null ? null : drills.of(mark, function);
  }

  @Override
  public void loaded(LoadedBundle bundle, boolean swap) {
    bundle.functions().forEach(this::loaded);
  }

  private void loaded(LoadedFunction function) {
    functions.compute(
        function.name(),
        (_, known) ->
            known != null && known.digest().equals(digest(function)) ? known : guards(function));
  }

  @Override
  public void failed(BundleLocation location, LoadProblem problem) {}

  @Override
  public void stopped(LoadedBundle bundle) {
    for (LoadedFunction function : bundle.functions()) {
      if (!registry.functions().containsKey(function.name())) {
        functions.remove(function.name());
      }
    }
  }
}
