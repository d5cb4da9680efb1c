package dev.snowshed.runtime.config;

import dev.snowshed.core.admission.AdmissionSettings;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Settings for the function to read. */
    Map<String, String> config();

    /** Secrets for the function to read. Prefer {@code snowshed.secrets-dir}. */
    Map<String, String> secret();
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

  /** How the host stops. */
  interface Drain {
    /** How long the work in flight has to finish after a stop was asked for. */
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
