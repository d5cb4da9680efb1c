package dev.snowshed.benchmarks.peers;

/**
 * What the function gives.
 *
 * @param message for the one who orders
 * @param total price of all items
 */
public record Receipt(String message, double total) {}
