package dev.snowshed.simulation.scaling;

import dev.snowshed.simulation.fleet.HostProcess;

/** What the instances of a run say of themselves. Not safe for concurrent use. */
final class InstanceModels {

  /** What a process tells now. */
  Scrape.Metrics read(HostProcess process, long nowNanos) {
    HostProcess.Counts counts = process.counts();
    long busy = process.host().busyNanos(nowNanos);
    Scrape.Capacity capacity =
        counts.ended() < 200
            ? Scrape.Capacity.UNKNOWN
            : new Scrape.Capacity(
                0.97 * process.host().cores() * counts.ended() * 1e9 / busy,
                Scrape.Bottleneck.PROCESSORS);
    return new Scrape.Metrics(
        counts.offered(),
        counts.retries(),
        counts.refused(),
        counts.ended(),
        busy,
        process.underWayNanos(nowNanos),
        counts.runNanos(),
        counts.downstreamNanos(),
        capacity);
  }
}
