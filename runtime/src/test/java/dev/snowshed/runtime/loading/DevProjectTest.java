package dev.snowshed.runtime.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevProjectTest {
  @TempDir Path folder;
  @TempDir Path empty;
  @TempDir Path staging;
  private DevProject project;

  DevProjectTest() {
    project = new DevProject(Path.of("."));
  }

  @BeforeEach
  void create() throws IOException {
    project = new DevProject(folder);
    Path work = Files.createDirectories(folder.resolve("target/snowshed"));
    List<String> sdk =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> path.contains("function-sdk"))
            .toList();
    Files.write(work.resolve("compile-classpath"), sdk);
    Files.write(work.resolve("processor-classpath"), sdk);
    Files.createDirectories(folder.resolve("src/main/java"));
    Files.createDirectories(folder.resolve("src/main/resources"));
    Files.writeString(folder.resolve("src/main/resources/word.txt"), "resource");
    write("one");
  }

  @Test
  void compilesWhatCanBeLoaded() throws Exception {
    assertTrue(project.isStale());
    project.compile();
    assertFalse(project.isStale());
    try (LoadingHarness host = new LoadingHarness(empty, staging)) {
      host.deployer.deploy(project.location());
      assertEquals("one resource", host.call("word", null));
      write("two");
      assertTrue(project.isStale());
      project.compile();
      host.deployer.deploy(project.location());
      assertEquals("two resource", host.call("word", null));
    }
  }

  @Test
  void isStaleWhenItsClassPathChanges() throws Exception {
    project.compile();
    Files.writeString(folder.resolve("target/snowshed/runtime-classpath"), "/some/library.jar\n");
    assertTrue(project.isStale());
  }

  @Test
  void isNamedAfterItsFolder() {
    assertEquals(String.valueOf(folder.getFileName()), project.location().name());
  }

  @Test
  void tellsWhereSourcesDoNotCompileAndKeepsTheClasses() throws Exception {
    project.compile();
    Files.writeString(
        folder.resolve("src/main/java/Word.java"), "public class Word {\n  int x = ;\n}");
    LoadException e = assertThrows(LoadException.class, project::compile);
    assertEquals(LoadProblem.COMPILATION, e.problem());
    assertTrue(String.valueOf(e.getMessage()).contains("Word.java:2:"), e.getMessage());
    assertTrue(Files.exists(project.location().path().resolve("Word.class")));
    assertFalse(project.isStale());
  }

  private void write(String word) throws IOException {
    Files.writeString(
        folder.resolve("src/main/java/Word.java"),
        """
        import dev.snowshed.function.Function;
        public class Word {
          @Function(name = "word") public String run() throws Exception {
            try (var in = Word.class.getResourceAsStream("/word.txt")) {
              return "%s " + new String(in.readAllBytes());
            }
          }
        }
        """
            .formatted(word));
  }
}
