package dev.snowshed.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.snowshed.core");

  @Test
  void seesNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.snowshed.core..")
        .check(CORE);
  }

  @Test
  void hasNoPackageCycles() {
    slices().matching("dev.snowshed.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void admitsByLimitsAndLimitsByStatistics() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("admission")
        .definedBy("dev.snowshed.core.admission..")
        .layer("limit")
        .definedBy("dev.snowshed.core.limit..")
        .layer("stats")
        .definedBy("dev.snowshed.core.stats..")
        .whereLayer("admission")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("limit")
        .mayOnlyBeAccessedByLayers("admission")
        .whereLayer("stats")
        .mayOnlyBeAccessedByLayers("admission", "limit")
        .check(CORE);
  }

  /** Statistics know nothing of what they count. */
  @Test
  void hasStatisticsThatStandAlone() {
    classes()
        .that()
        .resideInAPackage("dev.snowshed.core.stats..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.snowshed.core.stats..")
        .check(CORE);
  }

  /** A host's life goes by vitals alone, whoever measures them. */
  @Test
  void hasALifecycleThatStandsAlone() {
    classes()
        .that()
        .resideInAPackage("dev.snowshed.core.lifecycle..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.snowshed.core.lifecycle..")
        .check(CORE);
  }

  /** Dependencies are known by what their calls tell, whoever makes them. */
  @Test
  void hasDependenciesThatStandAlone() {
    classes()
        .that()
        .resideInAPackage("dev.snowshed.core.dependency..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.snowshed.core.dependency..")
        .check(CORE);
  }

  /** Time is an argument, so that all of it runs in virtual time. */
  @Test
  void readsNoClockAndNeverSleeps() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CORE);
  }
}
