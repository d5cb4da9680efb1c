package dev.snowshed.samples.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.function.spi.FunctionBinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the jar of every sample. */
class SampleJarsIT {

  @ParameterizedTest
  @CsvSource({
    "greeting, greeting greeting-languages",
    "markdown, markdown",
    "password, password-hash password-verify",
    "quote, quote",
    "orders-import, orders-import",
    "order-events, order-events",
    "slug-old, slug-old",
    "slug-new, slug-new"
  })
  void offersItsFunctions(String sample, String functions) throws Exception {
    try (SampleJar jar = SampleJar.open(sample)) {
      assertEquals(Set.of(functions.split(" ", -1)), jar.functions().keySet());
      for (FunctionBinding function : jar.functions().values()) {
        assertNotNull(jar.inside(function::create));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, Greetings$Greeting Greetings$Languages Greetings$Person",
    "password, Passwords$Hash Passwords$HashRequest Passwords$Verdict Passwords$VerifyRequest",
    "quote, Order Order$Line Quote Quote$Line"
  })
  void namesItsJsonTypesInTheMetadataForNativeImages(String sample, String types) throws Exception {
    try (SampleJar jar = SampleJar.open(sample)) {
      Set<String> json = new TreeSet<>();
      jar.functions().values().forEach(f -> json.addAll(JsonTypes.of(f.descriptor())));
      Set<String> expected = new TreeSet<>();
      for (String type : types.split(" ", -1)) {
        expected.add("dev.snowshed.samples." + sample + '.' + type);
      }
      assertEquals(expected, json, "the check has found all types");

      json.removeAll(typesInMetadata(jar));

      assertEquals(Set.of(), json, "missing in the metadata of " + jar.path());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"markdown", "orders-import", "order-events", "slug-old", "slug-new"})
  void hasNoJsonTypesWhereItsFunctionsTakeAndGiveOtherThings(String sample) throws Exception {
    try (SampleJar jar = SampleJar.open(sample)) {
      for (FunctionBinding function : jar.functions().values()) {
        assertEquals(Set.of(), JsonTypes.of(function.descriptor()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "greeting",
        "markdown",
        "password",
        "quote",
        "orders-import",
        "order-events",
        "slug-old",
        "slug-new"
      })
  void isFitToBeShippedAlone(String sample) throws Exception {
    try (SampleJar sampleJar = SampleJar.open(sample);
        JarFile jar = sampleJar.files()) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();

      assertEquals(names.size(), Set.copyOf(names).size(), "files that stand twice");
      assertFalse(names.stream().anyMatch(name -> name.endsWith("module-info.class")));
      assertFalse(names.stream().anyMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)")));
      assertFalse(names.stream().anyMatch(name -> name.startsWith("dev/snowshed/function/")));
      assertFalse(names.contains("io/cloudevents/CloudEvent.class"));
      assertNotNull(jar.getManifest().getMainAttributes().getValue("Implementation-Version"));
      assertEquals(List.of(), usesOfDesktop(sampleJar));
    }
  }

  private static Set<String> typesInMetadata(SampleJar sample) throws IOException {
    Set<String> types = new TreeSet<>();
    try (JarFile jar = sample.files()) {
      for (JarEntry entry : jar.stream().filter(SampleJarsIT::isMetadata).toList()) {
        JsonNode metadata = new ObjectMapper().readTree(jar.getInputStream(entry));
        for (JsonNode type : metadata.path("reflection")) {
          if (type.path("allDeclaredConstructors").asBoolean()
              && type.path("allDeclaredMethods").asBoolean()) {
            types.add(type.path("type").asText());
          }
        }
      }
    }
    return types;
  }

  private static boolean isMetadata(JarEntry entry) {
    return entry.getName().matches("META-INF/native-image/.*/reachability-metadata\\.json");
  }

  /** Jackson's look-out for two annotations of java.beans, which it can do without, is let be. */
  private static List<String> usesOfDesktop(SampleJar jar) {
    var out = new StringWriter();
    String[] arguments = {
      "--multi-release",
      "25",
      "--ignore-missing-deps",
      "-verbose:class",
      "--require",
      "java.desktop",
      jar.path().toString()
    };
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(new PrintWriter(out, true), new PrintWriter(out, true), arguments);
    assertTrue(exit == 0, out::toString);
    return Arrays.stream(out.toString().split("\\R", -1))
        .map(String::strip)
        .filter(line -> line.contains(" -> ") && line.endsWith("java.desktop"))
        .filter(line -> !line.contains(".jar -> "))
        .filter(line -> !line.startsWith("com.fasterxml.jackson.databind.ext.Java7SupportImpl "))
        .toList();
  }
}
