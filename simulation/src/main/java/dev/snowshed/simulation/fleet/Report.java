package dev.snowshed.simulation.fleet;

/**
 * What a host tells its balancer of itself.
 *
 * @param willing whether it takes traffic; false while it starts, is ejected or drains
 * @param weight which share of a healthy host's traffic it should get, 0 to 1
 */
public record Report(boolean willing, double weight) {}
