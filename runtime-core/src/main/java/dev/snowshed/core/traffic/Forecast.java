package dev.snowshed.core.traffic;

/**
 * What demand is expected to be. Immutable.
 *
 * @param inNanos how far ahead
 * @param perSecond expected first tries per second
 * @param low lower end of the 95 % interval, 0 or more
 * @param high upper end of it
 */
public record Forecast(long inNanos, double perSecond, double low, double high) {}
