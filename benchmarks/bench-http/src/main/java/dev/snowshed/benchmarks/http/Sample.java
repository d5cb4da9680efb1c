package dev.snowshed.benchmarks.http;

/**
 * One loaded start of one target. Immutable.
 *
 * @param load what wrk saw
 * @param cpuMicrosPerRequest the server's CPU time per request
 * @param elsewhere share of the machine used by others meanwhile, 0 to 1
 * @param rssMib resident memory after the load
 * @param peakRssMib its peak since the start
 */
record Sample(
    Load load, double cpuMicrosPerRequest, double elsewhere, double rssMib, double peakRssMib) {}
