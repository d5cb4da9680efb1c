package dev.snowshed.samples.quote;

import dev.snowshed.function.ProblemException;
import java.util.List;

/**
 * What a customer wants to buy.
 *
 * @param customer who asks, for the promotions
 * @param lines 1 to 50 lines
 */
public record Order(String customer, List<Line> lines) {

  /**
   * One article.
   *
   * @param sku the article's number in the catalog
   * @param quantity from 1 to 1000
   */
  public record Line(String sku, int quantity) {}

  /** The article numbers, in the order of the lines. */
  List<String> skus() {
    return lines.stream().map(Line::sku).toList();
  }

  /**
   * Checks the order.
   *
   * @throws ProblemException with status 400 if something is missing or out of range
   */
  void check() {
    if (customer == null || customer.isBlank()) {
      throw new ProblemException(400, "customer must not be empty");
    }
    if (lines == null || lines.isEmpty() || lines.size() > 50) {
      throw new ProblemException(400, "an order must have 1 to 50 lines");
    }
    lines.forEach(Order::check);
  }

  private static void check(Line line) {
    if (line == null || line.sku() == null || line.sku().isBlank()) {
      throw new ProblemException(400, "sku must not be empty");
    }
    if (line.quantity() < 1 || line.quantity() > 1000) {
      throw new ProblemException(
          400, "quantity of " + line.sku() + " must be 1 to 1000, was " + line.quantity());
    }
  }
}
