package dev.snowshed.benchmarks.overload.function;

/**
 * What the functions give.
 *
 * @param message for the one who orders
 * @param total price of all items
 * @param proof that the work was done: its result, or its kind
 */
public record Receipt(String message, double total, String proof) {}
