package dev.snowshed.runtime.config;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.function.Strength;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The host's settings, all under {@code snowshed}. Every one has a default, and each can be given
 * as an environment variable ({@code SNOWSHED_FUNCTIONS_DIR}).
 */
@ConfigMapping(prefix = "snowshed")
public interface HostConfig {

  /** Where functions come from. */
  Functions functions();

  /** Settings of single functions, by function name. */
  Map<String, FunctionOverride> function();

  /**
   * A folder with one sub-folder per function and in it one file per secret, as container platforms
   * mount them. Default: none.
   */
  Optional<Path> secretsDir();

  /** Who may run, who waits, and who is refused. */
  Admission admission();

  /** The function port. */
  Http http();

  /** When the host takes itself out of rotation, and how it comes back. */
  Lifecycle lifecycle();

  /** The other hosts that do the same work. */
  Fleet fleet();

  /** The agent that HAProxy asks. */
  Agent agent();

  /** First calls before the host is in rotation. */
  Warmup warmup();

  /** How the host stops. */
  Drain drain();

  /** The management port. */
  Management management();

  /** The log. */
  Log log();

  /** What is for developing functions only. */
  Dev dev();

  /** What is for developing functions only. */
  interface Dev {
    /**
     * Projects whose sources the host compiles itself whenever they change, holding requests until
     * the new code serves. Default: none.
     */
    Optional<List<Path>> projects();
  }

  /** Where functions come from. */
  interface Functions {
    /**
     * The drop folder: each jar in it is a bundle, and so is each sub-folder. Default: none. It
     * need not exist yet.
     */
    Optional<Path> dir();

    /** Further bundles: jars, folders of jars, folders of classes. Default: none. */
    Optional<List<Path>> paths();

    /** Whether changed, new and removed bundles are noticed while the host runs. */
    @WithDefault("true")
    boolean watch();

    /** How often they are looked for; at least 10 ms. */
    @WithDefault("500ms")
    Duration watchInterval();

    /** How long a bundle must be gone before its functions are stopped. */
    @WithDefault("2s")
    Duration removalDelay();

    /**
     * Where bundles are copied before they are loaded, so that overwriting a file cannot disturb
     * the version that serves. Default: a folder of its own below the system's temporary folder;
     * where that cannot be written, bundles are loaded in place.
     */
    Optional<Path> stagingDir();
  }

  /** Overrides what a function's author declared. */
  interface FunctionOverride {
    /** How long one call may take. Default: as declared. */
    Optional<Duration> timeout();

    /** The largest request body. Default: as declared. */
    Optional<MemorySize> maxBodySize();

    /**
     * What follows the function's name in the path of the calls that it gets before the host is in
     * rotation; {@code /} for nothing. Default: no such call, unless there is a {@link
     * #warmupBody}.
     */
    Optional<String> warmup();

    /** What these calls post. Default: nothing, and they are GET. */
    Optional<String> warmupBody();

    /** The media type of that. Default: {@code application/json}. */
    Optional<String> warmupContentType();

    /** How many there are, one after another; 1 or more. Default: 1. */
    OptionalInt warmupCalls();

    /** Settings for the function to read. */
    Map<String, String> config();

    /** Secrets for the function to read. Prefer {@code snowshed.secrets-dir}. */
    Map<String, String> secret();

    /** How what the function calls is protected, by the dependency's name. */
    Map<String, DependencyOverride> dependency();
  }

  /** Overrides what a function's author declared of a dependency. */
  interface DependencyOverride {
    /** How much the function needs it. Default: as declared. */
    Optional<Strength> strength();

    /** How long one attempt may take; 1 ms to 24 h. Default: as declared. */
    Optional<Duration> timeout();

    /** Most calls at once; 0 to 1000000, 0 for any number. Default: as declared. */
    OptionalInt maxConcurrent();

    /** How often a failed call is tried again; 0 to 10. Default: as declared. */
    OptionalInt retries();

    /**
     * The share of failed calls, of the last {@link #breakerCalls}, from which on the dependency is
     * left alone; above 0, at most 1. Default: as declared.
     */
    OptionalDouble breakerFailures();

    /**
     * How many calls are looked at for that; 2 to 10000, 0 for no breaker. Default: as declared.
     */
    OptionalInt breakerCalls();

    /** How long it is left alone; 1 ms to 24 h. Default: as declared. */
    Optional<Duration> breakerDelay();
  }

  /** Who may run, who waits, and who is refused. */
  interface Admission {
    /** How the limit of requests in flight comes about. */
    @WithDefault("adaptive")
    AdmissionSettings.Mode mode();

    /**
     * Most requests in flight at once, over all functions; in fixed mode the limit itself; 1 or
     * more.
     */
    @WithDefault("10000")
    int maxConcurrency();

    /**
     * The limit that a function without history begins with, in requests; 1 or more, and no more
     * than {@link #maxConcurrency} counts.
     */
    @WithDefault("32")
    int initialLimit();

    /**
     * Which part of a request's time, from its arrival to its deadline, a standing queue may take;
     * 0 to 1.
     */
    @WithDefault("0.25")
    double queueShare();

    /**
     * How many times the 99th percentile of a function's run time a standing queue may take at
     * most; above 0.
     */
    @WithDefault("2")
    double queueRuns();

    /** Most requests that wait, over all functions; 0 or more. */
    @WithDefault("10000")
    int maxQueue();

    /**
     * Which part of the requests in flight and waiting may be retries while the host sheds; 0 to 1.
     */
    @WithDefault("0.2")
    double retryShare();

    /**
     * Most bytes of announced bodies in flight, over all functions; 1 or more. Default: a quarter
     * of the largest heap.
     */
    Optional<MemorySize> maxBodyInFlight();

    /** The file that keeps what was learnt over a restart. Default: none; nothing is kept. */
    Optional<Path> stateFile();
  }

  /** The function port. */
  interface Http {
    /** The request header that names the tenant. */
    @WithDefault("X-Tenant-Id")
    String tenantHeader();

    /** How long after its deadline a call may still run before it counts as stuck. */
    @WithDefault("1s")
    Duration stuckAfter();

    /** Whether answers tell gateways how busy the host is (ORCA, {@code endpoint-load-metrics}). */
    @WithDefault("true")
    boolean loadReport();
  }

  /** When the host takes itself out of rotation, and how it comes back. */
  interface Lifecycle {
    /** Requests refused, of those offered: sheds; above 0, at most 1. */
    @WithDefault("0.05")
    double refusedShare();

    /** Stuck calls held by this host, for each processor: stuck threads; above 0. */
    @WithDefault("1")
    double stuckPerProcessor();

    /** How long a virtual thread waits for its start: wedged run queue; above 0. */
    @WithDefault("1s")
    Duration startDelay();

    /** How long an event loop takes to turn: wedged event loop; above 0. */
    @WithDefault("1s")
    Duration loopDelay();

    /** Time in collections, with {@link #heapAfterGc}: memory spiral; above 0, at most 1. */
    @WithDefault("0.5")
    double gcShare();

    /** How full the heap is after collections; above 0, at most 1. */
    @WithDefault("0.85")
    double heapAfterGc();

    /**
     * Calls that end late, of all that end, while the processors are busy: collapsed goodput; above
     * 0, at most 1.
     */
    @WithDefault("0.7")
    double lateShare();

    /** Use of the processors that counts as busy; above 0, at most 1. */
    @WithDefault("0.8")
    double busyShare();

    /** How long a figure must be at its threshold to strain the host; 0 or more. */
    @WithDefault("1s")
    Duration strainAfter();

    /**
     * How long it must stay there, without a break, for the host to leave the rotation; at least
     * {@link #strainAfter}.
     */
    @WithDefault("10s")
    Duration ejectAfter();

    /**
     * How long an event loop must have stood still for the host to leave; at least {@link
     * #loopDelay}.
     */
    @WithDefault("3s")
    Duration loopWedgedAfter();

    /**
     * As {@link #ejectAfter}, for collapsed goodput, which refusing should mend first; at least
     * {@link #strainAfter}.
     */
    @WithDefault("30s")
    Duration collapsedAfter();

    /** How long a figure must be below half its threshold until it is well again; 0 or more. */
    @WithDefault("5s")
    Duration recovery();

    /** How long the host stays out at least; each relapse doubles it; above 0. */
    @WithDefault("10s")
    Duration holdOff();

    /** What that grows to at most; at least {@link #holdOff}. */
    @WithDefault("5m")
    Duration maxHoldOff();

    /** The share by which that varies by chance, up and down; 0 to 1. */
    @WithDefault("0.2")
    double jitter();

    /** How long the host must be well until its relapses are forgotten; above 0. */
    @WithDefault("10m")
    Duration forgiveAfter();

    /** How long the weight takes to grow to 1 after the start and after an ejection; 0 or more. */
    @WithDefault("30s")
    Duration slowStart();

    /** The least weight of a host in rotation; above 0, at most 1. */
    @WithDefault("0.1")
    double weightFloor();
  }

  /** The other hosts that do the same work. */
  interface Fleet {
    /** Where the host learns of the others. */
    @WithDefault("none")
    View view();

    /** Where the host learns of the others. */
    enum View {
      /** It does not, and stays in rotation whatever ails it. */
      NONE,
      /** It asks their management ports. */
      PEERS,
      /** It reads their leases from the Kubernetes API. */
      KUBERNETES
    }

    /** This host's name, unique in the fleet. Default: its host name and its management port. */
    Optional<String> id();

    /** The fleet's name: hosts of another name do not count. */
    @WithDefault("snowshed")
    String name();

    /**
     * The management addresses of the others, as {@code host:port}; this host's own may be among
     * them. A name with several addresses stands for all of them.
     */
    Optional<List<String>> peers();

    /** The namespace of the leases. Default: that of the pod. */
    Optional<String> namespace();

    /** How often the host asks, or renews its lease; 100 ms or more. Default: 1s; 2s for leases. */
    Optional<Duration> interval();

    /** The share of the fleet that may be out, rounded down to hosts; 0 to 1. Default: a third. */
    Optional<Double> maxOut();

    /**
     * The share of the fleet below which those that have left come back, and below which, of others
     * that are well, none leaves; 0 to 1.
     */
    @WithDefault("0.5")
    double minReady();

    /**
     * The age from which on news of a host is worth nothing, and it counts as out; above 0.
     * Default: 3s; 10s for leases.
     */
    Optional<Duration> staleAfter();

    /** The age from which on a host counts as gone for good; at least {@link #staleAfter}. */
    @WithDefault("5m")
    Duration forgetAfter();
  }

  /** The agent that HAProxy asks. */
  interface Agent {
    /** Its port. Default: none; there is no agent. */
    OptionalInt port();

    /** The address that it is bound to. */
    @WithDefault("127.0.0.1")
    String host();

    /** How many balancers ask: each is told its part of the limit; 1 or more. */
    @WithDefault("1")
    int balancers();
  }

  /** First calls before the host is in rotation. */
  interface Warmup {
    /** Whether functions that have such a call get it. */
    @WithDefault("true")
    boolean enabled();
  }

  /** How the host stops. */
  interface Drain {
    /** How long new work is still taken after a stop was asked for, while word of it spreads. */
    @WithDefault("5s")
    Duration announce();

    /** How long the work in flight has to finish after that. */
    @WithDefault("30s")
    Duration timeout();
  }

  /** The management port. */
  interface Management {
    /**
     * The bearer token that requests which change something must carry. Default: none; such
     * requests are then answered on a loopback address only.
     */
    Optional<String> token();
  }

  /** The log. */
  interface Log {
    /** Whether log lines are JSON objects. */
    @WithName("json")
    @WithDefault("false")
    boolean json();
  }
}
