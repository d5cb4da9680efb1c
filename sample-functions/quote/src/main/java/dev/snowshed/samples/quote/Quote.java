package dev.snowshed.samples.quote;

import java.util.List;

/**
 * What an order costs. All amounts are in cents.
 *
 * @param lines the order's lines with their prices
 * @param subtotalCents before the discount
 * @param discountCents taken off by a promotion, zero if there is none
 * @param totalCents to pay
 * @param recommendations articles that go well with the order; may be empty
 */
public record Quote(
    List<Line> lines,
    long subtotalCents,
    long discountCents,
    long totalCents,
    List<String> recommendations) {

  /**
   * One article with its price.
   *
   * @param sku the article's number
   * @param name the article's name
   * @param quantity how many
   * @param cents for all of them
   */
  public record Line(String sku, String name, int quantity, long cents) {}
}
