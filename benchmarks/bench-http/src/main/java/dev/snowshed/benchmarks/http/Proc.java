package dev.snowshed.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads Linux' /proc. */
public final class Proc {
  /** The kernel reports CPU time to user space in these units, whatever its own tick. */
  private static final long MICROS_PER_TICK = 10_000;

  private Proc() {}

  /**
   * The CPU time of a process so far.
   *
   * @param pid the process
   * @return user and system time in microseconds
   */
  public static long cpuMicros(long pid) throws IOException {
    String[] fields = stat(pid);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  /**
   * The CPU time so far of the processes that this JVM started and that have ended.
   *
   * @return user and system time in microseconds
   */
  static long endedChildrenCpuMicros() throws IOException {
    String[] fields = stat(ProcessHandle.current().pid());
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MICROS_PER_TICK;
  }

  private static String[] stat(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /**
   * A line of a process' status.
   *
   * @param pid the process
   * @param key {@code VmRSS} or {@code VmHWM}
   * @return its value in KiB
   */
  static long statusKib(long pid, String key) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(key + ':'))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + key + " in /proc/" + pid + "/status"));
  }

  /** The share of the machine's CPU time since start-up: busy and total, in microseconds. */
  public static CpuTime machine() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String first = lines.findFirst().orElseThrow(() -> new IOException("/proc/stat is empty"));
      long[] ticks =
          Arrays.stream(first.trim().split(" +", -1))
              .skip(1)
              .limit(8)
              .mapToLong(Long::parseLong)
              .toArray();
      long total = Arrays.stream(ticks).sum();
      long idle = ticks[3] + ticks[4];
      return new CpuTime((total - idle) * MICROS_PER_TICK, total * MICROS_PER_TICK);
    }
  }

  /**
   * CPU time of the machine.
   *
   * @param busyMicros of all its processors, in microseconds
   * @param totalMicros busy and idle, in microseconds
   */
  public record CpuTime(long busyMicros, long totalMicros) {}
}
