package dev.snowshed.simulation.peer;

import dev.snowshed.simulation.engine.Gate;
import dev.snowshed.simulation.engine.HostView;
import dev.snowshed.simulation.engine.Job;
import io.quarkus.load.shedding.RequestClassifier;
import io.quarkus.load.shedding.RequestPriority;
import io.quarkus.load.shedding.runtime.LoadSheddingRuntimeConfig;
import io.quarkus.load.shedding.runtime.OverloadDetector;
import java.util.SplittableRandom;

/**
 * Load shedding as Quarkus' extension does it, with its defaults: a Vegas that learns from every
 * request says whether the host is overloaded, and if so the CPU load says whom to refuse.
 *
 * <p>The Vegas is the extension's real {@code OverloadDetector}. Its {@code PriorityLoadShedding}
 * reads the clock and the operating system by itself and cannot be driven in virtual time, so that
 * part is a port by formula: with 5 priorities of 128 cohorts, a request is refused when
 *
 * <pre>baseline(priority) + cohort &gt; 640 · (1 − load³)</pre>
 *
 * with the load measured between readings at least a second apart. All requests here have normal
 * priority. The extension takes the cohort from a hash of the client's address; the clients here
 * are many, so it is drawn.
 *
 * <p>Source: github.com/quarkusio/quarkus, {@code extensions/load-shedding}, version 3.33.2.
 */
final class QuarkusGate implements Gate {
  private static final int COHORTS = RequestPriority.values().length * RequestClassifier.MAX_COHORT;
  private static final long READING_NANOS = 1_000_000_000;

  private final OverloadDetector detector = new OverloadDetector(new Defaults());
  private final SplittableRandom random;
  private final ProbeJitter jitter;
  private final CpuMeter cpu;
  private double threshold;
  private long readAtNanos = -READING_NANOS - 1;

  QuarkusGate(HostView host, long seed) {
    this.random = new SplittableRandom(seed);
    this.jitter = new ProbeJitter(detector, random);
    this.cpu = new CpuMeter(host);
  }

  @Override
  public Verdict arrive(Job job, long nowNanos) {
    if (detector.isOverloaded() && sheds(nowNanos)) {
      return Verdict.REJECT;
    }
    detector.requestBegin();
    return Verdict.ADMIT;
  }

  private boolean sheds(long nowNanos) {
    if (nowNanos - readAtNanos > READING_NANOS) {
      threshold = threshold(cpu.usage(nowNanos));
      readAtNanos = nowNanos;
    }
    int cohort = random.nextInt(RequestClassifier.MIN_COHORT, RequestClassifier.MAX_COHORT + 1);
    return RequestPriority.NORMAL.cohortBaseline() + cohort > threshold;
  }

  /** The cohort above which requests are refused. */
  static double threshold(double load) {
    return COHORTS * (1 - load * load * load);
  }

  @Override
  public void ended(Job job, long nowNanos, boolean dropped) {
    detector.requestEnd((nowNanos - job.admittedNanos()) / 1000);
    jitter.afterSample();
  }

  /** None: what the detector has as a limit refuses nobody while the CPU idles. */
  @Override
  public int limit() {
    return Integer.MAX_VALUE;
  }

  /** The defaults of the extension's configuration. */
  private record Defaults() implements LoadSheddingRuntimeConfig {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public int maxLimit() {
      return 1000;
    }

    @Override
    public int alphaFactor() {
      return 3;
    }

    @Override
    public int betaFactor() {
      return 6;
    }

    @Override
    public double probeFactor() {
      return 30;
    }

    @Override
    public int initialLimit() {
      return 100;
    }

    @Override
    public PriorityLoadShedding priority() {
      return () -> true;
    }
  }
}
