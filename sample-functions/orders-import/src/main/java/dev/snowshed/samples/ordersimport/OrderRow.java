package dev.snowshed.samples.ordersimport;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * One row of the file.
 *
 * @param cents the amount of the row: quantity times price
 */
record OrderRow(String order, String customer, String sku, int quantity, long cents) {

  static final List<String> COLUMNS = List.of("order", "customer", "sku", "quantity", "price");

  private static final Pattern QUANTITY = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern PRICE = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if a value is missing or out of range
   */
  static OrderRow of(CSVRecord row) {
    if (!row.isConsistent()) {
      int expected = row.getParser().getHeaderNames().size();
      throw new IllegalArgumentException(
          "a row must have " + expected + " values, this one has " + row.size());
    }
    int quantity = quantity(row.get("quantity"));
    long cents = Math.multiplyExact(quantity, cents(row.get("price")));
    return new OrderRow(
        text(row, "order"), text(row, "customer"), text(row, "sku"), quantity, cents);
  }

  private static String text(CSVRecord row, String column) {
    String value = row.get(column);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(column + " must not be empty");
    }
    return value;
  }

  private static int quantity(String value) {
    if (!QUANTITY.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "quantity must be a whole number from 1 to 999999, was \"" + value + '"');
    }
    return Integer.parseInt(value);
  }

  private static long cents(String value) {
    if (!PRICE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "price must be an amount such as 12.50, was \"" + value + '"');
    }
    return new BigDecimal(value).movePointRight(2).longValueExact();
  }
}
