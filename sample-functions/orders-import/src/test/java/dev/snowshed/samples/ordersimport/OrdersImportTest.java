package dev.snowshed.samples.ordersimport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.ProblemException;
import dev.snowshed.function.Response;
import dev.snowshed.function.test.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersImportTest {
  private static final String HEADER = "order,customer,sku,quantity,price\n";

  private final OrdersImport function = new OrdersImport();

  @Test
  void turnsEveryRowIntoALine() throws Exception {
    assertEquals(
        List.of(
            "{\"row\":1,\"order\":\"1001\",\"customer\":\"ada\",\"sku\":\"tea\","
                + "\"quantity\":3,\"cents\":1350}",
            "{\"row\":2,\"order\":\"1002\",\"customer\":\"Hopper, \\\"Grace\\\"\",\"sku\":\"mug\","
                + "\"quantity\":1,\"cents\":1250}"),
        lines(HEADER + "1001,ada,tea,3,4.50\n1002,\"Hopper, \"\"Grace\"\"\",mug,1,12.5\n"));
  }

  @Test
  void takesTheColumnsInAnyOrderAndIgnoresOthers() throws Exception {
    assertEquals(
        List.of(
            "{\"row\":1,\"order\":\"1\",\"customer\":\"ada\",\"sku\":\"tea\","
                + "\"quantity\":2,\"cents\":200}"),
        lines("price,note,quantity,,sku,customer,order\r\n1,-,2,,tea,ada,1\r\n\r\n"));
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws Exception {
    assertEquals(
        List.of(
            "{\"row\":1,\"order\":\"1\",\"customer\":\"Ærø\",\"sku\":\"tea\","
                + "\"quantity\":2,\"cents\":200}"),
        lines("\uFEFF" + HEADER + "1,Ærø,tea,2,1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,ada,tea,some,4.50 | quantity must be a whole number from 1 to 999999, was \\\"some\\\"",
        "1,ada,tea,0,4.50 | quantity must be a whole number from 1 to 999999, was \\\"0\\\"",
        "1,ada,tea,1,free | price must be an amount such as 12.50, was \\\"free\\\"",
        "1,ada,tea,1,-1 | price must be an amount such as 12.50, was \\\"-1\\\"",
        "1,,tea,1,1 | customer must not be empty",
        "1,ada,tea | a row must have 5 values, this one has 3",
        "1,ada,tea,1,1,1 | a row must have 5 values, this one has 6"
      })
  void tellsWhatIsWrongWithARowAndGoesOn(String row, String error) throws Exception {
    List<String> lines = lines(HEADER + row + "\n2,ada,tea,1,1\n");

    assertEquals("{\"row\":1,\"error\":\"" + error + "\"}", lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"row\":2,\"order\":\"2\""), lines.get(1));
  }

  @Test
  void givesUpWhereAQuotationMarkSwallowsTheRestOfTheFile() throws Exception {
    List<String> lines =
        lines(HEADER + "1,ada,tea,1,1\n2,\"ada,tea,1,1\n" + "3,ada,tea,1,1\n".repeat(100_000));

    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("{\"row\":2,\"error\":\"from here on"), lines.get(1));
  }

  @Test
  void answersAFileWithoutRowsWithNothing() throws Exception {
    assertEquals("", text(HEADER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "order,customer\n1,ada\n", "1,ada,tea,1,1\n"})
  void refusesAFileWithoutItsColumns(String csv) {
    var problem = assertThrows(ProblemException.class, () -> text(csv));

    assertEquals(400, problem.status());
  }

  @Test
  void failsWhenTheCallerGoesAway() throws Exception {
    var gone = InputStream.nullInputStream();
    gone.close();
    var cutOff = new SequenceInputStream(bytes(HEADER + "1,ada,tea,1,1\n"), gone);

    assertThrows(IOException.class, () -> importTo(new ByteArrayOutputStream(), cutOff));
  }

  /** The rows are answered at the pace at which they arrive, not when the file has ended. */
  @Test
  void streamsAFileOfAnySize() throws Exception {
    int rows = 400_000;
    var conveyor = new Conveyor(HEADER, "1001," + "ada".repeat(70) + ",tea,3,4.50\n", rows);

    importTo(conveyor.out(), conveyor.in());

    assertTrue(conveyor.bytesRead() > 64 << 20, "larger than the heap of this build's tests");
    assertEquals(rows, conveyor.linesWritten());
    assertTrue(conveyor.mostRowsHeld() < 500, conveyor.mostRowsHeld() + " rows held");
  }

  private List<String> lines(String csv) throws Exception {
    return text(csv).lines().toList();
  }

  private String text(String csv) throws Exception {
    var out = new ByteArrayOutputStream();
    importTo(out, bytes(csv));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void importTo(OutputStream out, InputStream csv) throws Exception {
    Response response = function.importOrders(TestRequest.post().body(csv).build());
    assertEquals(200, response.status());
    ((Response.Stream) response.body()).writer().writeTo(out);
  }
}
