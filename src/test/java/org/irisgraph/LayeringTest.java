package org.irisgraph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages point one way. */
@AnalyzeClasses(packages = "org.irisgraph", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  @ArchTest
  static final ArchRule theSinkCouldBePublishedAlone =
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
              "..report..",
              "..graph..");

  @ArchTest
  static final ArchRule theGraphIsPlainValues =
      classes()
          .that()
          .resideInAPackage("org.irisgraph.graph..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.irisgraph.graph..", "java..");

  @ArchTest
  static final ArchRule readersAndExtractorsKnowNeitherBeamNorTheDatabase =
      noClasses()
          .that()
          .resideInAnyPackage("..document..", "..extract..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam..", "..iris..", "..graphrag..", "..pipeline..", "java.sql..");

  @ArchTest
  static final ArchRule readersAndExtractorsDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("..document..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..extract..");

  @ArchTest
  static final ArchRule nothingKnowsThePipelineButTheCommandLine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..document..", "..extract..", "..graphrag..", "..iris..", "..graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.irisgraph", "..pipeline..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.irisgraph.(*)..").should().beFreeOfCycles();
}
