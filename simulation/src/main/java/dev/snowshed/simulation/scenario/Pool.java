package dev.snowshed.simulation.scenario;

/**
 * A resource other than the CPU that can be used by so many at once, with a queue of its own.
 *
 * @param size 1 or more
 * @param hold how long a request holds one
 */
public record Pool(int size, Distribution hold) {}
