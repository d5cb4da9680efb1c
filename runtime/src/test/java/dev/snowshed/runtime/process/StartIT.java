package dev.snowshed.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.runtime.testing.FunctionJar;
import dev.snowshed.runtime.testing.HostProcess;
import dev.snowshed.runtime.testing.Poll;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged host tells while a start hook takes its time. */
class StartIT {
  private static final String FUNCTIONS =
      """
      public class Slow {
        @OnStart public void start(Configuration configuration) throws Exception {
          java.nio.file.Path end = java.nio.file.Path.of(configuration.get("end").orElseThrow());
          System.out.println("start hook runs");
          while (!java.nio.file.Files.exists(end)) Thread.sleep(5); }
        @Function(name = "hello") public String hello() { return "hello"; }
      }
      """;

  @TempDir Path folder;

  @Test
  void isOutOfRotationUntilTheStartHooksHaveEnded() throws Exception {
    int agentPort = HostProcess.freePort();
    try (HostProcess host = launch(agentPort)) {
      Poll.until("hook", () -> host.log().contains("start hook runs"));
      assertEquals("down #functions are being loaded\n", agent(agentPort));
      assertThrows(ConnectException.class, () -> host.health("ready"), "no probe is answered yet");
      letGo();
      Poll.until("ready", () -> host.health("ready") == 200);
      assertEquals(200, host.health("started"));
      assertTrue(agent(agentPort).startsWith("up ready "), agent(agentPort));
      assertEquals(
          "hello", host.send(HttpRequest.newBuilder(host.function("hello")).build()).body());
    }
  }

  @Test
  void exitsWithZeroWhenItIsToldToStopMeanwhile() throws Exception {
    try (HostProcess host = launch(HostProcess.freePort())) {
      Poll.until("hook", () -> host.log().contains("start hook runs"));
      host.terminate();
      assertEquals(0, host.exitCode(), host.log());
    }
  }

  private HostProcess launch(int agentPort) {
    return HostProcess.launch(
        List.of("-Dsnowshed.function.hello.config.end=" + endFile()),
        Map.of("SNOWSHED_AGENT_PORT", String.valueOf(agentPort)),
        FunctionJar.of(FUNCTIONS).writeTo(folder.resolve("slow.jar")));
  }

  private static String agent(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write('\n');
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Path endFile() {
    return folder.resolve("end");
  }

  private void letGo() throws IOException {
    Files.writeString(endFile(), "");
  }
}
