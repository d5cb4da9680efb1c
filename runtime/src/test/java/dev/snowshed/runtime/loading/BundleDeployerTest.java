package dev.snowshed.runtime.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.FunctionJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDeployerTest {
  private static final String GOOD =
      "public class Good { @Function(name = \"good\") public String run() { return \"good\"; } }";

  @TempDir Path folder;
  @TempDir Path stagingFolder;
  private LoadingHarness host;

  /** Names the class loader that it sees OpenTelemetry's API from. */
  private static final String TRACING =
      """
      public class Tracing {
        @Function(name = "tracing") public String tracing() throws Exception {
          return Class.forName("io.opentelemetry.api.OpenTelemetry").getClassLoader().getName();
        }
      }
      """;

  @BeforeEach
  void open() {
    host = new LoadingHarness(folder, stagingFolder);
    FunctionJar.of(GOOD).version("1.2.3").writeTo(folder.resolve("good.jar"));
    host.deployer.loadAll();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void servesAJarAndTellsItsVersion() throws Exception {
    assertEquals("good", host.call("good", null));
    LoadedBundle bundle = host.deployer.statuses().getFirst().serving().orElseThrow();
    assertEquals("1.2.3", bundle.version().name());
    assertEquals(12, bundle.version().digest().length());
  }

  @Test
  void tellsAJarWithoutFunctions() {
    FunctionJar.of(GOOD).unprocessed().writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.NO_FUNCTIONS, "annotationProcessorPaths");
  }

  @Test
  void tellsAnSdkNewerThanTheHost() {
    FunctionJar.of(bindingOfLevel(99))
        .unprocessed()
        .file(BundleLocation.SERVICE_FILE, "fn.Newer")
        .writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.SDK_TOO_NEW, "level 99");
  }

  @Test
  void tellsAClassVersionThatIsTooNew() throws IOException {
    FunctionJar jar = FunctionJar.of(function("other", "return \"x\";"));
    var entries = jar.compile();
    entries
        .entrySet()
        .forEach(
            entry -> {
              if (entry.getKey().endsWith(".class")) {
                byte[] bytes = entry.getValue().clone();
                bytes[7] = (byte) 200;
                entry.setValue(bytes);
              }
            });
    FunctionJar.write(folder.resolve("bad.jar"), entries, "");
    assertFails("bad.jar", LoadProblem.CLASS_VERSION, "--release");
  }

  @Test
  void tellsAMissingClass() {
    FunctionJar.of(
            "public class Other { private final Helper helper = new Helper(); @Function(name ="
                + " \"other\") public String run() { return helper.toString(); } }",
            "public class Helper { }")
        .without("fn/Helper.class")
        .writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.MISSING_CLASS, "fn/Helper");
  }

  @Test
  void tellsABindingThatIsListedButMissing() {
    FunctionJar.of(function("other", "return \"x\";"))
        .file(BundleLocation.SERVICE_FILE, "fn.Gone")
        .writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.MISSING_CLASS, "fn.Gone");
  }

  @Test
  void tellsAThrowingConstructor() {
    FunctionJar.of(
            "public class Other { public Other() { throw new IllegalStateException(\"no disk\"); }"
                + " @Function(name = \"other\") public String run() { return \"\"; } }")
        .writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.CONSTRUCTOR, "no disk");
  }

  @Test
  void tellsAThrowingStartHookAndStopsWhatWasStarted() {
    FunctionJar.of(
            "public class Other { @OnStart public void start() { throw new"
                + " IllegalStateException(\"no pool\"); } @OnStop public void stop() {"
                + " System.setProperty(\"stopped.hook\", \"yes\"); } @Function(name = \"other\")"
                + " public String run() { return \"\"; } }")
        .writeTo(folder.resolve("bad.jar"));
    assertFails("bad.jar", LoadProblem.START_HOOK, "no pool");
    assertEquals("yes", System.clearProperty("stopped.hook"));
  }

  @Test
  void tellsTwoFunctionsOfOneNameInTwoJars() {
    FunctionJar.of(GOOD).writeTo(folder.resolve("rival.jar"));
    assertFails("rival.jar", LoadProblem.DUPLICATE_NAME, "good.jar");
  }

  @Test
  void servesTheSecondOfTwoJarsOnceTheFirstIsGone() throws Exception {
    FunctionJar.of(GOOD.replace("return \"good\"", "return \"rival\""))
        .writeTo(folder.resolve("rival.jar"));
    assertFails("rival.jar", LoadProblem.DUPLICATE_NAME, "good.jar");
    Files.delete(folder.resolve("good.jar"));
    host.settle();
    host.advance(Duration.ofSeconds(3));
    host.settle();
    host.settle();
    assertEquals("rival", host.call("good", null));
  }

  @Test
  void tellsATruncatedJarAndTakesTheWholeOneLater() throws Exception {
    Path whole =
        FunctionJar.of(function("other", "return \"x\";")).writeTo(stagingFolder.resolve("w"));
    byte[] bytes = Files.readAllBytes(whole);
    Path jar = folder.resolve("bad.jar");
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    assertFails("bad.jar", LoadProblem.CORRUPT, "not a whole jar");
    Files.write(jar, bytes);
    host.settle();
    assertEquals("x", host.call("other", null));
  }

  @Test
  void tellsADamagedEntry() throws IOException {
    Path jar =
        FunctionJar.of(function("other", "return \"x\";")).writeTo(stagingFolder.resolve("w"));
    byte[] bytes = Files.readAllBytes(jar);
    int middle = indexOf(bytes, "fn/Other.class") + 40;
    for (int i = 0; i < 8; i++) {
      bytes[middle + i] ^= 0x5a;
    }
    Files.write(folder.resolve("bad.jar"), bytes);
    assertFails("bad.jar", LoadProblem.CORRUPT, "not a whole jar");
  }

  @Test
  void tellsTextThatIsNoJar() throws IOException {
    Files.writeString(folder.resolve("bad.jar"), "this is no jar");
    assertFails("bad.jar", LoadProblem.CORRUPT, "not a whole jar");
  }

  @Test
  void keepsTheOldVersionWhenTheNewOneFails() throws Exception {
    Files.writeString(folder.resolve("good.jar"), "half-written");
    assertFails("good.jar", LoadProblem.CORRUPT, "not a whole jar");
    assertTrue(host.deployer.statuses().getFirst().serving().isPresent());
  }

  @Test
  void tellsTheSameFailureOnce() throws IOException {
    Files.writeString(folder.resolve("bad.jar"), "this is no jar");
    for (int i = 0; i < 5; i++) {
      host.settle();
    }
    assertEquals(List.of(LoadProblem.CORRUPT), host.failures);
  }

  @Test
  void waitsUntilAFileHasSettled() throws Exception {
    Path jar = folder.resolve("other.jar");
    FunctionJar.of(function("other", "return \"1\";")).writeTo(jar);
    host.deployer.scan();
    assertFalse(host.registry.functions().containsKey("other"));
    FunctionJar.of(function("other", "return \"two\";")).writeTo(jar);
    host.deployer.scan();
    assertFalse(host.registry.functions().containsKey("other"));
    host.deployer.scan();
    assertEquals("two", host.call("other", null));
  }

  @Test
  void swapsAChangedJarAndStopsTheOldOneAfterItsLastCall() throws Exception {
    LoadedFunction old = host.acquire("good");
    FunctionJar.of(function("good", "return \"better\";")).writeTo(folder.resolve("good.jar"));
    host.settle();
    assertEquals("better", host.call("good", null));
    assertEquals(List.of(), host.stopped);
    assertEquals("good", old.invoke(null, LoadingHarness.context()));
    old.bundle().release();
    assertEquals(List.of("good.jar"), host.stopped);
  }

  @Test
  void survivesAFileOverwrittenInPlaceUnderARunningVersion() throws Exception {
    Path jar = folder.resolve("lazy.jar");
    FunctionJar.of(
            "public class Lazy { @Function(name = \"lazy\") public String run() { return new"
                + " Later().toString(); } }",
            "public class Later { public String toString() { return \"later\"; } }")
        .writeTo(jar);
    host.settle();
    Files.write(jar, new byte[] {1, 2, 3});
    assertEquals("later", host.call("lazy", null));
  }

  @Test
  void stopsAFunctionOnlyAfterItsJarHasBeenGoneForAWhile() throws Exception {
    Files.delete(folder.resolve("good.jar"));
    host.settle();
    host.advance(Duration.ofMillis(1900));
    host.settle();
    assertEquals("good", host.call("good", null));
    host.advance(Duration.ofMillis(200));
    host.settle();
    assertNull(host.registry.acquire("good"));
    assertEquals(List.of("good.jar"), host.stopped);
    assertEquals(List.of(), host.deployer.statuses());
  }

  @Test
  void losesNothingWhenAJarIsReplacedByDeletingAndWriting() throws Exception {
    Files.delete(folder.resolve("good.jar"));
    host.settle();
    host.advance(Duration.ofSeconds(1));
    FunctionJar.of(function("good", "return \"better\";")).writeTo(folder.resolve("good.jar"));
    host.settle();
    assertEquals("better", host.call("good", null));
    assertEquals(List.of(), host.failures);
  }

  @Test
  void loadsAFolderOfJarsAsOneBundle() throws Exception {
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    FunctionJar both =
        FunctionJar.of(
            "public class Other { @Function(name = \"other\") public String run() { return new"
                + " Helper().toString(); } }",
            "public class Helper { public String toString() { return \"helped\"; } }");
    var entries = both.compile();
    FunctionJar.write(
        bundle.resolve("lib.jar"),
        java.util.Map.of("fn/Helper.class", entries.remove("fn/Helper.class")),
        "");
    FunctionJar.write(bundle.resolve("function.jar"), entries, "");
    host.settle();
    assertEquals("helped", host.call("other", null));
    assertEquals(
        List.of(new BundleLocation(bundle, BundleLocation.Kind.JAR_FOLDER)),
        BundleLocation.at(bundle));
  }

  @Test
  void loadsAFolderOfClasses() throws Exception {
    FunctionJar.of(function("other", "return \"x\";")).writeToFolder(folder.resolve("classes"));
    host.settle();
    assertEquals("x", host.call("other", null));
  }

  @Test
  void sharesOneInstanceBetweenTheFunctionsOfAClass() throws Exception {
    FunctionJar.of(
            "public class Counter { private int n; @OnStart public void start() { n = 10; }"
                + " @Function(name = \"inc\") public int inc() { return ++n; } @Function(name ="
                + " \"get\") public int get() { return n; } }")
        .writeTo(folder.resolve("counter.jar"));
    host.settle();
    assertEquals(11, host.call("inc", null));
    assertEquals(11, host.call("get", null));
  }

  @Test
  void reloadsOnRequestAndKnowsNoOtherName() throws Exception {
    assertEquals(2, host.deployer.reload("good").orElseThrow().loads());
    assertTrue(host.deployer.reload("nobody").isEmpty());
    assertEquals("good", host.call("good", null));
  }

  @Test
  void showsOpenTelemetryAndTellsBeforeItDoes() throws Exception {
    assertEquals(0, host.openTelemetryAsked);
    FunctionJar.of(TRACING).writeTo(folder.resolve("tracing.jar"));
    host.settle();

    assertEquals("app", host.call("tracing", null));
    assertTrue(host.openTelemetryAsked > 0);
  }

  @Test
  void leavesABundleThatBringsAnSdkOfOpenTelemetryToItself() {
    FunctionJar.of(TRACING)
        .file("io/opentelemetry/sdk/trace/SpanProcessor.class", "an SDK")
        .writeTo(folder.resolve("tracing.jar"));
    host.settle();

    assertThrows(ClassNotFoundException.class, () -> host.call("tracing", null));
    assertEquals(0, host.openTelemetryAsked);
  }

  @Test
  void showsAFunctionNothingOfTheHost() throws Exception {
    FunctionJar.of(
            """
            public class Probe {
              @Function(name = "probe") public List<String> run(List<String> names) {
                List<String> seen = new ArrayList<>();
                for (String name : names) {
                  try { Class.forName(name); seen.add(name); } catch (ClassNotFoundException e) { }
                  if (Thread.currentThread().getContextClassLoader() != Probe.class.getClassLoader())
                    seen.add("foreign context class loader");
                }
                if (Probe.class.getClassLoader().getResource("application.properties") != null)
                  seen.add("application.properties");
                return seen;
              }
            }
            """)
        .writeTo(folder.resolve("probe.jar"));
    host.settle();
    LoadedFunction probe = host.acquire("probe");
    Thread.currentThread().setContextClassLoader(probe.bundle().classLoader());
    try {
      List<String> hidden =
          List.of(
              "dev.snowshed.runtime.loading.LoadedFunction",
              "dev.snowshed.core.admission.Permit",
              "io.quarkus.runtime.Quarkus",
              "io.vertx.core.Vertx",
              "com.fasterxml.jackson.databind.ObjectMapper",
              "io.cloudevents.core.builder.CloudEventBuilder",
              "jakarta.inject.Inject");
      assertEquals(List.of(), probe.invoke(hidden, LoadingHarness.context()));
      List<String> shown =
          List.of(
              "dev.snowshed.function.Function",
              "io.cloudevents.CloudEvent",
              "org.slf4j.Logger",
              "com.fasterxml.jackson.annotation.JsonProperty",
              "java.sql.Connection");
      assertEquals(shown, probe.invoke(shown, LoadingHarness.context()));
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
      probe.bundle().release();
    }
  }

  private void assertFails(String bundle, LoadProblem problem, String inMessage) {
    host.settle();
    BundleStatus.Failure failure = host.failure(bundle);
    assertEquals(problem, failure.problem(), failure.message());
    assertTrue(failure.message().contains(inMessage), failure.message());
    assertEquals(List.of(problem), host.failures);
    try {
      assertEquals("good", host.call("good", null));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String function(String name, String body) {
    return "public class Other { @Function(name = \""
        + name
        + "\") public String run() { "
        + body
        + " } }";
  }

  private static String bindingOfLevel(int level) {
    return """
        public class Newer implements dev.snowshed.function.spi.FunctionBinding {
          public int apiLevel() { return %d; }
          public dev.snowshed.function.spi.FunctionDescriptor descriptor() {
            return dev.snowshed.function.spi.FunctionDescriptor.named("newer").build(); }
          public Class<?> handlerType() { return Newer.class; }
          public Object create() { return this; }
          public void start(Object instance, Configuration configuration) { }
          public Object invoke(Object instance, Object input, Context context) { return null; }
          public void stop(Object instance) { }
        }
        """
        .formatted(level);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
