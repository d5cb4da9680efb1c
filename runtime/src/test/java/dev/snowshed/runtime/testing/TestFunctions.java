package dev.snowshed.runtime.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts the host with a drop folder that holds one jar of many small functions. */
public final class TestFunctions implements QuarkusTestResourceLifecycleManager {
  /** The host's drop folder. */
  public static final Path DROP_FOLDER = Path.of("target", "test-functions").toAbsolutePath();

  /** Set to let the function {@code stubborn} end. */
  public static final String RELEASE = "test.stubborn.release";

  private static final String[] SOURCES = {
    """
    public class Shop {
      public record Item(String sku, int quantity) {}
      public record Order(String customer, List<Item> items) {}
      public record Total(String customer, int pieces) {}
      @Function(name = "total", maxBodySize = "1KiB")
      public Total total(Order order) {
        return new Total(order.customer(), order.items().stream().mapToInt(Item::quantity).sum());
      }
      @Function(name = "total-nonblocking", execution = Execution.EVENT_LOOP)
      public Total nonBlocking(Order order) { return total(order); }
      @Function(name = "total-platform", execution = Execution.PLATFORM_THREAD)
      public Total platform(Order order) { return total(order); }
      @Function(name = "skus")
      public List<String> skus(List<Item> items) { return items.stream().map(Item::sku).toList(); }
    }
    """,
    """
    public class Leaning {
      @Function(name = "leaning")
      @DependsOn(value = "shelf", strength = Strength.WEAK)
      public String lean(String how, Context context) throws Exception {
        return context.dependency("shelf").call(() -> {
          if (how.equals("fail")) throw new java.io.IOException("gone");
          return how; }); }
    }
    """,
    """
    public class Plain {
      @Function(name = "upper") public String upper(String text) { return text.toUpperCase(); }
      @Function(name = "html", consumes = "text/markdown", produces = "text/html")
      public String html(String text) { return "<p>" + text + "</p>"; }
      @Function(name = "reverse") public byte[] reverse(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < out.length; i++) out[i] = bytes[bytes.length - 1 - i];
        return out; }
      @Function(name = "nothing") public void nothing() { }
      @Function(name = "thread") public String thread() {
        Thread thread = Thread.currentThread();
        return (thread.getClass().getSimpleName().contains("Virtual") ? "virtual " : "platform ")
            + thread.getName(); }
      @Function(name = "big") public String big() { return "snow ".repeat(20000); }
      @Function(name = "echo-event")
      public io.cloudevents.CloudEvent event(io.cloudevents.CloudEvent event) { return event; }
    }
    """,
    """
    public class Raw {
      @Function(name = "raw")
      public Response raw(Request request, Context context) throws Exception {
        byte[] body = request.body().readAllBytes();
        return Response.status(201).header("X-Path", request.path())
            .header("X-Query", request.query("q").orElse("none"))
            .header("X-Twice", "a").header("X-Twice", "b")
            .contentType("text/plain").body(request.method() + " " + body.length); }
      @Function(name = "lines")
      public Response lines(Request request) {
        int count = Integer.parseInt(request.query("count").orElse("3"));
        return Response.ok().contentType("text/plain").stream(out -> {
          for (int i = 0; i < count; i++) out.write(("line " + i + "\\n").getBytes());
        }); }
      @Function(name = "lines-nonblocking", execution = Execution.EVENT_LOOP)
      public Response linesNonblocking(Request request) { return lines(request); }
      @Function(name = "smuggle")
      public Response smuggle() {
        return Response.ok().header("X-A", "b\\r\\nX-Evil: c").body("x"); }
      @Function(name = "wrong-length")
      public Response wrongLength() {
        return Response.ok().header("Content-Length", "99").header("Connection", "close").body("x"); }
      @Function(name = "broken-stream")
      public Response broken() {
        return Response.ok().stream(out -> {
          out.write(new byte[100_000]); out.flush(); throw new IllegalStateException("midway"); }); }
      @Function(name = "copy", maxBodySize = "8MiB")
      public Response copy(Request request) {
        return Response.ok().stream(out -> request.body().transferTo(out)); }
    }
    """,
    """
    public class Trouble {
      static volatile boolean interrupted;
      @Function(name = "fails") public String fails() { throw new IllegalStateException("secret detail"); }
      @Function(name = "problem") public String problem() { throw new ProblemException(409, "already there"); }
      @Function(name = "slow", timeout = "200ms") public String slow() throws Exception {
        interrupted = false;
        try { Thread.sleep(60_000); } catch (InterruptedException e) { interrupted = true; throw e; }
        return "late"; }
      @Function(name = "was-interrupted") public boolean wasInterrupted() { return interrupted; }
      @Function(name = "stubborn", timeout = "50ms") public String stubborn() {
        while (System.getProperty("test.stubborn.release") == null) {
          java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); Thread.interrupted(); }
        return "at last"; }
      @Function(name = "later", execution = Execution.EVENT_LOOP)
      public java.util.concurrent.CompletionStage<String> later() {
        return java.util.concurrent.CompletableFuture.supplyAsync(() -> "later"); }
      @Function(name = "later-fails", execution = Execution.EVENT_LOOP)
      public java.util.concurrent.CompletionStage<String> laterFails() {
        return java.util.concurrent.CompletableFuture.failedFuture(new IllegalStateException("x")); }
      @Function(name = "null-json") public List<String> nullJson() { return null; }
    }
    """,
    """
    public class Ctx {
      @Function(name = "context", timeout = "10s")
      public Map<String, String> context(Context context) {
        Map<String, String> map = new TreeMap<>(context.outboundHeaders());
        map.put("function", context.functionName());
        map.put("requestId", context.requestId());
        map.put("criticality", context.criticality().headerValue());
        map.put("tenant", context.tenant().orElse("none"));
        map.put("remaining", String.valueOf(context.remaining().toMillis()));
        map.put("config", context.configuration().get("greeting", "unset"));
        map.put("secret", context.configuration().secret("key").orElse("unset"));
        map.put("loader", Thread.currentThread().getContextClassLoader().getName());
        return map; }
    }
    """
  };

  @Override
  public Map<String, String> start() {
    try {
      Files.createDirectories(DROP_FOLDER);
      Path secrets = DROP_FOLDER.resolveSibling("test-secrets");
      Files.createDirectories(secrets.resolve("context"));
      Files.writeString(secrets.resolve("context/key"), "s3cret\n");
      FunctionJar.of(SOURCES).version("7").writeTo(DROP_FOLDER.resolve("tests.jar"));
      return Map.of(
          "snowshed.functions.dir", DROP_FOLDER.toString(),
          "snowshed.functions.watch-interval", "20ms",
          "snowshed.functions.removal-delay", "100ms",
          "snowshed.secrets-dir", secrets.toString(),
          "snowshed.function.context.config.greeting", "hello",
          "snowshed.http.stuck-after", "50ms");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    System.clearProperty(RELEASE);
  }
}
