package dev.snowshed.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final String ROOT = "dev.snowshed.simulation";
  private static final JavaClasses SIMULATION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** Each package, and those of the module that it must not see; below it in the list it may. */
  @ParameterizedTest
  @CsvSource({
    "scenario, engine;gate;peer;score;oracle;report;fleet;scaling",
    "engine, gate;peer;score;oracle;report;fleet;scaling",
    "gate, peer;score;oracle;report;fleet;scaling",
    "peer, gate;score;oracle;report;fleet;scaling",
    "score, gate;peer;oracle;report;fleet;scaling",
    "oracle, gate;peer;report;fleet;scaling",
    "report, gate;peer;fleet;scaling",
    "fleet, scaling",
  })
  void arrowsPointDownwards(String from, String hidden) {
    String[] packages =
        Arrays.stream(hidden.split(";", -1))
            .map(name -> ROOT + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(SIMULATION);
  }

  @Test
  void nothingDependsOnTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(SIMULATION);
  }

  @Test
  void hasNoPackageCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SIMULATION);
  }
}
