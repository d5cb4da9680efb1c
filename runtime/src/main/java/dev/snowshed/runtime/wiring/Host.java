package dev.snowshed.runtime.wiring;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.config.HostConfig;
import dev.snowshed.runtime.loading.FunctionHost;
import dev.snowshed.runtime.logging.FunctionOutput;
import dev.snowshed.runtime.logging.JsonLog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Starts the host's parts and drains them. */
@Singleton
public final class Host {
  private static final Logger LOG = Logger.getLogger(Host.class);

  private final HostConfig config;
  private final FunctionHost functions;
  private final AdmissionController gate;
  private final LimitMemory memory;
  private final Ticker ticker;

  Host(
      HostConfig config,
      FunctionHost functions,
      AdmissionController gate,
      LimitMemory memory,
      Ticker ticker) {
    this.config = config;
    this.functions = functions;
    this.gate = gate;
    this.memory = memory;
    this.ticker = ticker;
  }

  void start(@Observes StartupEvent event) {
    if (config.log().json()) {
      JsonLog.install();
    }
    FunctionOutput.install();
    ticker.start();
    functions.start();
  }

  /**
   * Refuses new work, waits for the work in flight, and notes what was learnt.
   *
   * @return whether all of it ended in time
   */
  public boolean drain() {
    CompletableFuture<Void> idle = gate.close();
    LOG.infof("Draining: %d requests in flight, %d waiting", gate.inflight(), gate.waiting());
    memory.save(gate.state(System.nanoTime()));
    try {
      idle.get(config.drain().timeout().toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warnf(
          "%d requests still in flight after %s (snowshed.drain.timeout): stopping all the same",
          gate.inflight(), config.drain().timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return false;
  }
}
