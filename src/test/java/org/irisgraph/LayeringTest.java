package org.irisgraph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between packages point one way. */
class LayeringTest {

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.irisgraph");

  @Test
  void theSinkCouldBePublishedAlone() {
    noClasses()
        .that()
        .resideInAPackage("..iris..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.irisgraph",
            "..pipeline..",
            "..document..",
            "..extract..",
            "..graphrag..",
            "..lease..",
            "..report..",
            "..graph..")
        .check(PROJECT);
  }

  @Test
  void theGraphIsPlainValues() {
    classes()
        .that()
        .resideInAPackage("org.irisgraph.graph..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.irisgraph.graph..", "java..")
        .check(PROJECT);
  }

  @Test
  void readersAndExtractorsKnowNeitherBeamNorTheDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage("..document..", "..extract..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.beam..", "..iris..", "..graphrag..", "..pipeline..", "java.sql..")
        .check(PROJECT);
  }

  @Test
  void readersAndExtractorsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("..document..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..extract..")
        .check(PROJECT);
  }

  @Test
  void aLeaseIsNobodysBusinessButThePipelines() {
    classes()
        .that()
        .resideInAPackage("..lease..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("..lease..", "..iris..", "java..", "org.slf4j..")
        .check(PROJECT);
  }

  @Test
  void nothingKnowsThePipelineButTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..document..",
            "..extract..",
            "..graphrag..",
            "..answers..",
            "..lease..",
            "..table..",
            "..iris..",
            "..graph..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.irisgraph", "..pipeline..")
        .check(PROJECT);
  }

  @Test
  void tablesAreReadWithoutBeamAndWithoutTheTablesOfTheGraph() {
    noClasses()
        .that()
        .resideInAPackage("..table..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam..", "..extract..", "..graphrag..", "..lease..")
        .check(PROJECT);
  }

  @Test
  void noCycles() {
    slices().matching("org.irisgraph.(*)..").should().beFreeOfCycles().check(PROJECT);
  }
}
