package dev.snowshed.runtime.signals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the control groups of Linux say about the processors of this process, version 2 ({@code
 * cpu.max}, {@code cpu.stat}, {@code cpu.pressure}) or 1 ({@code cpu.cfs_quota_us}, {@code
 * cpu.cfs_period_us}, {@code cpu.stat}). A quota counts wherever it is set on the way up to the
 * root; the tightest holds. A file that is missing or says nothing sensible counts as not there.
 *
 * <p>Reads small files of the kernel; safe for concurrent use.
 */
final class CpuQuota {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final Path SELF = Path.of("/proc/self/cgroup");

  /** From the process's own group up to the root of what is mounted. */
  private final List<Path> groups;

  private CpuQuota(List<Path> groups) {
    this.groups = groups;
  }

  /**
   * How often and how long the process was kept from running because its quota was used up.
   *
   * @param periods scheduling periods in which that happened
   * @param seconds for how long, over all processors
   */
  record Throttling(long periods, double seconds) {
    static final Throttling NONE = new Throttling(0, 0);
  }

  /** Those of this process. */
  static CpuQuota ofThisProcess() {
    return of(MOUNT, SELF);
  }

  /**
   * Those of a process.
   *
   * @param mount where control groups are mounted
   * @param membership the process's {@code /proc/…/cgroup}
   */
  static CpuQuota of(Path mount, Path membership) {
    List<Path> groups = new ArrayList<>();
    for (String line : lines(membership)) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      if (List.of(fields[1].split(",")).contains("cpu")) {
        groups.addAll(upwards(controllerMount(mount, fields[1]), fields[2]));
      } else if (fields[1].isEmpty() && Files.exists(mount.resolve("cgroup.controllers"))) {
        groups.addAll(upwards(mount, fields[2]));
      }
    }
    return new CpuQuota(List.copyOf(groups));
  }

  private static Path controllerMount(Path mount, String controllers) {
    Path together = mount.resolve(controllers);
    return Files.isDirectory(together) ? together : mount.resolve("cpu");
  }

  /** In a container the path is that of the machine, of which the mount shows only the end. */
  private static List<Path> upwards(Path root, String path) {
    List<Path> groups = new ArrayList<>();
    Path inside = root.resolve(path.replaceFirst("^/+", "")).normalize();
    Path group = inside.startsWith(root) ? inside : root;
    while (group != null && group.startsWith(root)) {
      if (Files.isDirectory(group)) {
        groups.add(group);
      }
      group = group.getParent();
    }
    return groups;
  }

  /** How many processors' worth of time the process may use; empty if there is no quota. */
  OptionalDouble processors() {
    return groups.stream().map(CpuQuota::quota).flatMapToDouble(OptionalDouble::stream).min();
  }

  /** How often and how long it has been throttled. */
  Throttling throttling() {
    return groups.stream()
        .flatMap(group -> throttling(group).stream())
        .findFirst()
        .orElse(Throttling.NONE);
  }

  /**
   * Which share of the last ten seconds some task of the process waited for a processor, from 0 to
   * 1 (pressure stall information); empty if the kernel does not tell.
   */
  OptionalDouble pressure() {
    for (Path group : groups) {
      for (String line : lines(group.resolve("cpu.pressure"))) {
        if (line.startsWith("some ")) {
          return share(field(line.replace('=', ' '), "avg10"));
        }
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble quota(Path group) {
    List<String> max = lines(group.resolve("cpu.max"));
    if (!max.isEmpty()) {
      String[] fields = max.getFirst().strip().split(" +", -1);
      return fields.length == 2 ? ratio(fields[0], fields[1]) : OptionalDouble.empty();
    }
    return ratio(
        first(group.resolve("cpu.cfs_quota_us")), first(group.resolve("cpu.cfs_period_us")));
  }

  private static Optional<Throttling> throttling(Path group) {
    String text = String.join(" ", lines(group.resolve("cpu.stat")));
    OptionalDouble periods = number(field(text, "nr_throttled"));
    if (periods.isEmpty()) {
      return Optional.empty();
    }
    double seconds =
        number(field(text, "throttled_usec")).orElse(0) / 1e6
            + number(field(text, "throttled_time")).orElse(0) / 1e9;
    return Optional.of(new Throttling((long) periods.getAsDouble(), seconds));
  }

  private static OptionalDouble ratio(@Nullable String quota, @Nullable String period) {
    OptionalDouble above = number(quota);
    OptionalDouble below = number(period);
    return above.orElse(0) > 0 && below.orElse(0) > 0
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble share(@Nullable String percent) {
    OptionalDouble number = number(percent);
    return number.isPresent()
        ? OptionalDouble.of(Math.clamp(number.getAsDouble() / 100, 0, 1))
        : number;
  }

  /** The word after a name, among words separated by blanks. */
  private static @Nullable String field(String text, String name) {
    String[] words = text.strip().split("\\s+", -1);
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals(name)) {
        return words[i + 1];
      }
    }
    return null;
  }

  private static OptionalDouble number(@Nullable String text) {
    if (text == null || text.toLowerCase(Locale.ROOT).equals("max")) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static @Nullable String first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? null : lines.getFirst().strip();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
