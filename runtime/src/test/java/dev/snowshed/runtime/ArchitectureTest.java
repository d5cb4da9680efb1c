package dev.snowshed.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses HOST =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.snowshed.runtime");

  @Test
  void hasNoPackageCycles() {
    slices().matching("dev.snowshed.runtime.(*)..").should().beFreeOfCycles().check(HOST);
  }

  @Test
  void wiresInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..wiring..")
        .check(HOST);
  }

  @Test
  void keepsLoadingAndAdmissionFreeOfHttp() {
    noClasses()
        .that()
        .resideInAPackage("..loading..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..", "..http..")
        .check(HOST);
  }

  @Test
  void leavesTheCoreToThePartsThatNeedIt() {
    classes()
        .that()
        .resideInAPackage("..loading..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("dev.snowshed.core..")
        .check(HOST);
  }
}
