package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.Example;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample jars in the packaged host, with a heap far smaller than what flows through it. */
class SamplesIT {
  private static final long STREAMED_BYTES = 100L << 20;
  private static final byte[] ROW = "1001,ada,tea,3,4.50\n".getBytes(StandardCharsets.US_ASCII);
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  private static HostProcess host;

  @SuppressWarnings("NullAway.Init")
  private static Process downstream;

  @BeforeAll
  static void start() throws IOException {
    downstream =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                HostProcess.sample("downstream").toString(),
                "0")
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(downstream.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    URI services = URI.create(line.substring(line.indexOf("http://")).strip());
    host =
        HostProcess.start(
            List.of("-Xmx80m"),
            Map.of("SNOWSHED_FUNCTION_QUOTE_CONFIG_DOWNSTREAM", services.toString()),
            HostProcess.sample("greeting"),
            HostProcess.sample("markdown"),
            HostProcess.sample("password"),
            HostProcess.sample("quote"),
            HostProcess.sample("orders-import"),
            HostProcess.sample("order-events"),
            HostProcess.sample("slug-old"),
            HostProcess.sample("slug-new"));
  }

  @AfterAll
  static void stop() {
    host.close();
    downstream.destroyForcibly();
  }

  @Test
  void loadsEverySample() throws Exception {
    JsonNode listing = JSON.readTree(host.management("/snowshed/functions"));
    assertEquals(8, listing.get("bundles").size());
    for (JsonNode bundle : listing.get("bundles")) {
      assertEquals("serving", bundle.get("state").asText(), bundle.toString());
    }
  }

  @Test
  void greets() throws Exception {
    String body = post("greeting", "application/json", "{\"name\":\"Ada\",\"language\":\"fr\"}");
    assertTrue(body.contains("Bonjour"), body);
    assertEquals(
        400, host.send(host.post("greeting", "application/json", "{\"name\":\"\"}")).statusCode());
  }

  @Test
  void rendersEveryExampleOfTheCommonMarkSpecification() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<Example> examples = ExampleReader.readExamples(TestResources.getSpec());
    for (Example example : examples) {
      String html = post("markdown", "text/markdown; charset=utf-8", tabs(example.getSource()));
      if (!html.equals(tabs(example.getHtml()))) {
        wrong.add(example + " gave " + html);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(examples.size() > 600, "examples " + examples.size());
  }

  @Test
  void hashesAndVerifiesPasswords() throws Exception {
    JsonNode hashed =
        JSON.readTree(
            post(
                "password-hash",
                "application/json",
                "{\"password\":\"correct horse\",\"cost\":8}"));
    String body =
        JSON.createObjectNode()
            .put("password", "correct horse")
            .put("hash", hashed.get("hash").asText())
            .toString();
    assertEquals("{\"matches\":true}", post("password-verify", "application/json", body));
  }

  @Test
  void pricesAnOrderFromItsDownstreamServices() throws Exception {
    HttpRequest request =
        host.post(
            "quote",
            "application/json",
            "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"tea\",\"quantity\":3}]}");
    Poll.until("warm enough for its deadline", () -> host.send(request).statusCode() == 200);
    String quote = host.send(request).body();
    assertTrue(quote.contains("tea"), quote);
  }

  @Test
  void answersAnEventWithAnEvent() throws Exception {
    HttpResponse<String> response =
        host.send(
            HttpRequest.newBuilder(host.function("order-events"))
                .header("ce-specversion", "1.0")
                .header("ce-id", "e-1")
                .header("ce-source", "/shop")
                .header("ce-type", "dev.snowshed.samples.order-placed")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"order\":\"1001\",\"lines\":[{\"sku\":\"tea\",\"quantity\":2}]}"))
                .build());
    assertEquals(200, response.statusCode(), response.body());
    assertTrue(response.headers().firstValue("ce-type").isPresent());
  }

  @Test
  void runsTwoJarsWithClashingVersionsOfALibrary() throws Exception {
    assertEquals("gruesse-aus-aarhus", post("slug-old", "text/plain", "Grüße aus Århus"));
    assertEquals("gruesse-aus-arhus", post("slug-new", "text/plain", "Grüße aus Århus"));
  }

  /** A socket, as Java's client does not receive while it sends. */
  @Test
  void streamsMoreThanItsHeap() throws Exception {
    URI uri = host.function("orders-import");
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      Thread sender = Thread.ofPlatform().start(() -> sendRows(socket));
      long objects = 0;
      byte[] buffer = new byte[1 << 16];
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          objects += buffer[i] == '{' ? 1 : 0;
        }
      }
      sender.join();
      assertEquals(STREAMED_BYTES / ROW.length, objects);
    }
  }

  private static void sendRows(Socket socket) {
    try (Csv rows = new Csv()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /functions/orders-import HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                  + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[1 << 14];
      for (int n = rows.read(chunk, 0, chunk.length);
          n > 0;
          n = rows.read(chunk, 0, chunk.length)) {
        out.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(chunk, 0, n);
        out.write(new byte[] {'\r', '\n'});
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The specification shows a tab as an arrow. */
  private static String tabs(String text) {
    return text.replace('\u2192', '\t');
  }

  private static String post(String function, String contentType, String body) throws Exception {
    HttpResponse<String> response = host.send(host.post(function, contentType, body));
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  /** A head and so many rows. */
  private static final class Csv extends InputStream {
    private static final byte[] HEAD =
        "order,customer,sku,quantity,price\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BATCH = 1000;

    private long left = STREAMED_BYTES / ROW.length;
    private byte[] current = HEAD;
    private int position;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == current.length && !advance()) {
        return -1;
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean advance() {
      int rows = (int) Math.min(BATCH, left);
      left -= rows;
      current =
          new String(ROW, StandardCharsets.US_ASCII)
              .repeat(rows)
              .getBytes(StandardCharsets.US_ASCII);
      position = 0;
      return rows > 0;
    }
  }
}
