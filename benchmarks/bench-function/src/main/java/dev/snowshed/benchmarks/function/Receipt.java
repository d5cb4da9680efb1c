package dev.snowshed.benchmarks.function;

/**
 * What the function gives.
 *
 * @param message for the one who orders
 * @param total price of all items
 */
public record Receipt(String message, double total) {}
