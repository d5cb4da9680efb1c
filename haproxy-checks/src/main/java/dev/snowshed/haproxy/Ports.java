package dev.snowshed.haproxy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that are free on every local address, and that the system gives to no outgoing
 * connection: whoever restarts on one finds it as it was.
 */
public final class Ports {
  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final int TRIES = 1000;

  private Ports() {}

  /** A port that nobody has bound at this moment. */
  public static int free() throws IOException {
    int end = Integer.parseInt(Files.readString(EPHEMERAL).trim().split("\\s+", -1)[0]);
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, Math.max(LOWEST + TRIES, end));
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port from %d to %d is free".formatted(LOWEST, end));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
