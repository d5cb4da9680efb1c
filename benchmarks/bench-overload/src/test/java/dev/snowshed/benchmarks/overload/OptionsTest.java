package dev.snowshed.benchmarks.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Target;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void needsNone() throws IOException {
    Options options = Options.parse();

    assertEquals(List.of(0.5, 1.0, 2.0, 5.0, 10.0), options.factors());
    assertEquals(List.of(Workload.values()), options.workloads());
    assertEquals(Targets.names(), String.join(", ", names(options)));
    assertEquals(Pinning.CORES, options.pinning());
    assertTrue(options.trace().isEmpty());
  }

  @Test
  void picksTargetsFunctionsAndFactors() throws IOException {
    Options options =
        Options.parse(
            "--only",
            "google,snowshed-fixed",
            "--functions",
            "pool,bench-cpu",
            "--factors",
            "3,.5",
            "--fixed",
            "7",
            "--pin",
            "none",
            "--spacing",
            "constant");

    assertEquals(List.of("google", "snowshed-fixed"), names(options));
    assertEquals(List.of(Workload.POOL, Workload.CPU), options.workloads());
    assertEquals(List.of(3.0, 0.5), options.factors());
    assertEquals(
        "7", options.targets().get(1).environment().get("SNOWSHED_ADMISSION_MAX_CONCURRENCY"));
    assertEquals(Pinning.NONE, options.pinning());
    assertTrue(options.even());
  }

  @Test
  void takesTheGeneratedCrowdForATrace() throws IOException {
    assertEquals(40, Options.parse("--trace", "flash-crowd").trace().orElseThrow().seconds(), 1e-9);
  }

  @Test
  void namesTheLegalChoices() {
    complains("quarkus-shedding", "--only", "tomcat");
    complains("bench-pool", "--functions", "gpu");
    complains("poisson or constant", "--spacing", "odd");
    complains("cores or none", "--pin", "all");
    complains("from 1 to 600", "--seconds", "0");
    complains("from 1 to 16384", "--connections", "99999");
    complains("above 0 and up to 1000, not \"-1\"", "--factors", "1,-1");
    complains("flash-crowd, not \"/nowhere\"", "--trace", "/nowhere");
    complains("unknown option --faster", "--faster", "yes");
    complains("--json needs a value", "--json");
  }

  @Test
  void describesEveryOption() throws IOException {
    for (String option :
        List.of(
            "--factors",
            "--seconds",
            "--settle",
            "--warmup",
            "--probe",
            "--rounds",
            "--only",
            "--functions",
            "--fixed",
            "--spacing",
            "--seed",
            "--connections",
            "--max-rate",
            "--pin",
            "--trace",
            "--peak",
            "--jvm",
            "--json",
            "--root")) {
      assertTrue(Options.HELP.contains("\n  " + option + ' '), option);
    }
  }

  private static void complains(String about, String... arguments) {
    BenchException problem = assertThrows(BenchException.class, () -> Options.parse(arguments));
    assertTrue(problem.toString().contains(about), problem.toString());
  }

  private static List<String> names(Options options) {
    return options.targets().stream().map(Target::name).toList();
  }
}
