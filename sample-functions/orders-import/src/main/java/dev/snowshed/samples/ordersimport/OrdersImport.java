package dev.snowshed.samples.ordersimport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.snowshed.function.Function;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.Request;
import dev.snowshed.function.Response;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;

/**
 * Turns orders in CSV (UTF-8) into JSON lines.
 *
 * <p>The columns are {@code order,customer,sku,quantity,price}, in any order, named in the first
 * row. Every further row becomes one line, in its turn: the order with its amount in cents, or the
 * row's number and what is wrong with it. A row is answered while the next is still on its way, so
 * a file of any size takes little memory.
 */
public final class OrdersImport {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setAllowMissingColumnNames(true)
          .setSkipHeaderRecord(true)
          .setIgnoreSurroundingSpaces(true)
          .setTrailingData(true)
          .setLenientEof(true)
          .get();

  private final JsonFactory json = new JsonFactory().setRootValueSeparator("");

  /** Imports orders. */
  @Function(
      name = "orders-import",
      timeout = "10m",
      maxBodySize = "unlimited",
      methods = {"POST", "PUT"},
      consumes = "text/csv")
  public Response importOrders(Request request) throws IOException {
    var text = BOMInputStream.builder().setInputStream(request.body()).get();
    var input = new RowLimitReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    CSVParser rows = CSVParser.builder().setReader(input).setFormat(FORMAT).get();
    checkHeader(rows.getHeaderNames());
    return Response.ok().contentType("application/x-ndjson").stream(out -> write(rows, input, out));
  }

  private static void checkHeader(List<String> columns) {
    if (!columns.containsAll(OrderRow.COLUMNS)) {
      throw new ProblemException(
          400, "the first row must name the columns " + OrderRow.COLUMNS + ", was " + columns);
    }
  }

  private void write(CSVParser csv, RowLimitReader input, OutputStream out) throws IOException {
    try (csv;
        JsonGenerator line = json.createGenerator(out)) {
      Iterator<CSVRecord> rows = csv.iterator();
      try {
        while (rows.hasNext()) {
          write(rows.next(), line);
          input.startRow();
        }
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof RowLimitReader.RowTooLongException tooLong)) {
          throw e.getCause();
        }
        writeError(csv.getRecordNumber() + 1, tooLong.getMessage(), line);
      }
    }
  }

  private static void write(CSVRecord row, JsonGenerator line) throws IOException {
    try {
      OrderRow order = OrderRow.of(row);
      line.writeStartObject();
      line.writeNumberField("row", row.getRecordNumber());
      line.writeStringField("order", order.order());
      line.writeStringField("customer", order.customer());
      line.writeStringField("sku", order.sku());
      line.writeNumberField("quantity", order.quantity());
      line.writeNumberField("cents", order.cents());
      line.writeEndObject();
      line.writeRaw('\n');
    } catch (IllegalArgumentException e) {
      writeError(row.getRecordNumber(), e.getMessage(), line);
    }
  }

  private static void writeError(long row, String error, JsonGenerator line) throws IOException {
    line.writeStartObject();
    line.writeNumberField("row", row);
    line.writeStringField("error", error);
    line.writeEndObject();
    line.writeRaw('\n');
  }
}
