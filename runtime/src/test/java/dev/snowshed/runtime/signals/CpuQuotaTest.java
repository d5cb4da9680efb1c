package dev.snowshed.runtime.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuQuotaTest {
  @TempDir Path folder;

  @Test
  void readsAFractionOfAProcessorInVersion2() throws IOException {
    write("mount/cgroup.controllers", "cpu memory");
    write("mount/cpu.max", "150000 100000");
    assertEquals(OptionalDouble.of(1.5), of("0::/").processors());
  }

  @Test
  void takesTheTightestOnTheWayUpInVersion2() throws IOException {
    write("mount/cgroup.controllers", "cpu memory");
    write("mount/pod/cpu.max", "50000 100000");
    write("mount/pod/box/cpu.max", "200000 100000");
    assertEquals(OptionalDouble.of(0.5), of("0::/pod/box").processors());
  }

  @Test
  void knowsNoQuotaInVersion2() throws IOException {
    write("mount/cgroup.controllers", "cpu memory");
    write("mount/cpu.max", "max 100000");
    assertEquals(OptionalDouble.empty(), of("0::/").processors());
  }

  @Test
  void readsVersion1() throws IOException {
    write("mount/cpu,cpuacct/docker/abc/cpu.cfs_quota_us", "250000");
    write("mount/cpu,cpuacct/docker/abc/cpu.cfs_period_us", "100000");
    write(
        "mount/cpu,cpuacct/docker/abc/cpu.stat",
        "nr_periods 9\nnr_throttled 4\nthrottled_time 2500000000");
    CpuQuota quota = of("5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc");
    assertEquals(OptionalDouble.of(2.5), quota.processors());
    assertEquals(new CpuQuota.Throttling(4, 2.5), quota.throttling());
  }

  @Test
  void readsTheMountWhereThePathIsTheMachinesInVersion1() throws IOException {
    write("mount/cpu/cpu.cfs_quota_us", "50000");
    write("mount/cpu/cpu.cfs_period_us", "100000");
    assertEquals(OptionalDouble.of(0.5), of("1:cpu:/kubepods/pod1/box").processors());
  }

  @Test
  void knowsNoQuotaInVersion1() throws IOException {
    write("mount/cpu/cpu.cfs_quota_us", "-1");
    write("mount/cpu/cpu.cfs_period_us", "100000");
    assertEquals(OptionalDouble.empty(), of("1:cpu:/").processors());
  }

  @Test
  void readsThrottlingAndPressureInVersion2() throws IOException {
    write("mount/cgroup.controllers", "cpu memory");
    write("mount/cpu.stat", "usage_usec 7\nnr_periods 10\nnr_throttled 3\nthrottled_usec 1500000");
    write(
        "mount/cpu.pressure",
        "some avg10=12.50 avg60=1.00 avg300=0.10 total=9\nfull avg10=99.00 avg60=0 total=0");
    CpuQuota quota = of("0::/");
    assertEquals(new CpuQuota.Throttling(3, 1.5), quota.throttling());
    assertEquals(OptionalDouble.of(0.125), quota.pressure());
  }

  @Test
  void saysNothingWithoutControlGroups() {
    CpuQuota quota = CpuQuota.of(folder.resolve("none"), folder.resolve("nothing"));
    assertEquals(OptionalDouble.empty(), quota.processors());
    assertEquals(CpuQuota.Throttling.NONE, quota.throttling());
    assertEquals(OptionalDouble.empty(), quota.pressure());
  }

  @Test
  void takesTheWholeMountForAGroupThatIsOutsideOfIt() throws IOException {
    write("mount/cgroup.controllers", "cpu");
    write("mount/cpu.max", "50000 100000");
    assertEquals(OptionalDouble.of(0.5), of("0::/../pod1/host").processors());
  }

  @Test
  void isNotMisledByNonsense() throws IOException {
    write("mount/cgroup.controllers", "cpu");
    write("mount/cpu.max", "many thousand of them");
    write("mount/cpu.stat", "nr_throttled few");
    write("mount/cpu.pressure", "some avg10=");
    CpuQuota quota = of("rubbish\n0::/../../etc");
    assertEquals(OptionalDouble.empty(), quota.processors());
    assertEquals(CpuQuota.Throttling.NONE, quota.throttling());
    assertEquals(OptionalDouble.empty(), of("0::/").processors());
    assertEquals(OptionalDouble.empty(), of("0::/").pressure());
  }

  @Test
  void keepsTheFractionThatTheJdkRoundsUp() {
    assertEquals(1.5, MachineSignals.processors(OptionalDouble.of(1.5), 2));
    assertEquals(2, MachineSignals.processors(OptionalDouble.of(8), 2));
    assertEquals(2, MachineSignals.processors(OptionalDouble.empty(), 2));
  }

  private CpuQuota of(String membership) throws IOException {
    write("membership", membership);
    return CpuQuota.of(folder.resolve("mount"), folder.resolve("membership"));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + "\n");
  }
}
