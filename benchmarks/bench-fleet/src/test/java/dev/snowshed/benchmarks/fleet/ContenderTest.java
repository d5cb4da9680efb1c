package dev.snowshed.benchmarks.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderTest {
  private static final Path FILE = Path.of("../../deploy/haproxy/snowshed.cfg");

  @Test
  void leavesOurOwnConfigurationAsItIs() throws IOException {
    String text = Files.readString(FILE);

    assertEquals(text, Contender.SNOWSHED.adapt(text, List.of(1, 2, 3, 4)));
  }

  @Test
  void asksPeersWithoutAnAgentForAPathAtTheirOwnPorts() throws IOException {
    String text = Contender.GOOGLE.adapt(Files.readString(FILE), List.of(11, 12, 13, 14));

    assertFalse(text.contains("agent-check"));
    assertTrue(text.contains("option httpchk GET /ping"));
    assertTrue(text.contains("  default-server check inter"));
    assertTrue(text.contains("  server host4 127.0.0.1:14\n"));
  }
}
