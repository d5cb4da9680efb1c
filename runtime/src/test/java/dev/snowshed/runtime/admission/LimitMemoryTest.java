package dev.snowshed.runtime.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitMemoryTest {
  private static final int OTHERWISE = 16;

  @TempDir Path folder;

  @Test
  void beginsWithHalfOfWhatWasLearnt() {
    read().save(stateWith("quote", 34));
    assertEquals(17, read().initialLimit("quote"));
    assertEquals(OTHERWISE, read().initialLimit("other"));
  }

  @Test
  void doesNotHalveAgainWhatNobodyLearntSince() {
    read().save(stateWith("quote", 34));
    for (int restart = 0; restart < 3; restart++) {
      LimitMemory memory = read();
      memory.save(stateWith("quote", memory.initialLimit("quote")));
      assertEquals(17, read().initialLimit("quote"));
    }
  }

  @Test
  void keepsALimitThatHalvesWhileTheHostRuns() {
    LimitMemory memory = read();
    int initial = memory.initialLimit("quote");
    memory.save(stateWith("quote", 40));
    memory.save(stateWith("quote", 20));
    assertEquals(10, read().initialLimit("quote"));
    memory.save(stateWith("quote", initial));
    assertEquals(initial / 2, read().initialLimit("quote"));
  }

  @Test
  void neverBeginsBelowOne() {
    read().save(stateWith("quote", 1));
    assertEquals(1, read().initialLimit("quote"));
  }

  @Test
  void ignoresAFileThatIsNoneOfIts() throws IOException {
    for (String text :
        new String[] {
          "",
          "{",
          "[]",
          "{\"limits\":7}",
          "{\"limits\":{\"quote\":\"many\"}}",
          "{\"limits\":{\"quote\":-4}}",
          "{\"limits\":{\"quote\":1e99}}"
        }) {
      Files.writeString(file(), text);
      assertEquals(OTHERWISE, read().initialLimit("quote"), text);
    }
  }

  @Test
  void replacesTheFileAsAWhole() throws IOException {
    Files.writeString(file(), "corrupt");
    read().save(stateWith("quote", 8));
    assertEquals("{\"limits\":{\"quote\":8}}", Files.readString(file()));
    try (var files = Files.list(folder.resolve("state"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void keepsNothingWithoutAFile() {
    LimitMemory memory = LimitMemory.read(Optional.empty(), OTHERWISE);
    memory.save(stateWith("quote", 8));
    assertEquals(OTHERWISE, memory.initialLimit("quote"));
  }

  @Test
  void goesOnWhereTheFileCannotBeWritten() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file, and no folder");
    LimitMemory memory = LimitMemory.read(Optional.of(blocked.resolve("limits")), OTHERWISE);
    memory.save(stateWith("quote", 8));
    assertFalse(Files.isDirectory(blocked));
    assertTrue(Files.isRegularFile(blocked));
  }

  private LimitMemory read() {
    return LimitMemory.read(Optional.of(file()), OTHERWISE);
  }

  private Path file() {
    try {
      return Files.createDirectories(folder.resolve("state")).resolve("limits.json");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static AdmissionState stateWith(String function, int limit) {
    AdmissionController controller =
        new AdmissionController(AdmissionSettings.DEFAULTS, () -> 1, new Random(1));
    FunctionGate _ = controller.open(function, limit);
    return controller.state(0);
  }
}
