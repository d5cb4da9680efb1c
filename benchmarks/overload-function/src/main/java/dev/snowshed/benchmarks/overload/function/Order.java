package dev.snowshed.benchmarks.overload.function;

import java.util.List;

/**
 * What the functions take.
 *
 * @param name who orders
 * @param items what is ordered
 */
public record Order(String name, List<Item> items) {

  /**
   * A line of an order.
   *
   * @param sku the article
   * @param quantity how many
   * @param price of one
   */
  public record Item(String sku, int quantity, double price) {}

  /** Adds up. */
  Receipt receipt(String proof) {
    double total = 0;
    for (Item item : items) {
      total += item.quantity() * item.price();
    }
    return new Receipt("Hello " + name + ", " + items.size() + " items", total, proof);
  }
}
