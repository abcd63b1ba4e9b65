package org.irisgraph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages: upper ones may use lower ones, never back. */
class LayeringTest {

  private static final String ROOT = "org.irisgraph.";

  /** From top to bottom, as in the map of {@code CONTRIBUTING.md}. */
  private static final List<String> ORDER =
      List.of(
          "cli",
          "replay",
          "export",
          "htmlreport",
          "ask",
          "check",
          "run",
          "pipeline",
          "source",
          "report",
          "runner",
          "plan",
          "options",
          "files",
          "extract.evaluate",
          "extract.setup",
          "extract.ner",
          "extract.onnx",
          "extract.gold",
          "llmcache",
          "extract.llm",
          "extract",
          "table",
          "document.format",
          "document.tika",
          "ledger",
          "linked",
          "graphrag",
          "document",
          "embed",
          "onnx",
          "endpoint",
          "lease",
          "iris",
          "iris.batch",
          "iris.spec",
          "jdbc",
          "graph",
          "text",
          "base");

  private static final JavaClasses PROJECT =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(
        PROJECT.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length()))
            .collect(toCollection(TreeSet::new)),
        is(new TreeSet<>(ORDER)));
  }

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    for (int i = 1; i < ORDER.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + ORDER.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ORDER.subList(0, i).stream().map(ROOT::concat).toArray(String[]::new))
          .check(PROJECT);
    }
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(PROJECT);
  }

  @Test
  void theContributorsMapShowsTheOrder() throws IOException {
    String map = Files.readString(Path.of("CONTRIBUTING.md"), UTF_8);
    List<String> listed =
        Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE)
            .matcher(map)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(listed, contains(ORDER.toArray()));
  }

  @Test
  void theSinkCouldBePublishedAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + "iris..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "iris..",
            ROOT + "jdbc..",
            ROOT + "base..",
            "java..",
            "javax..",
            "org.apache.beam..",
            "org.joda.time..",
            "com.fasterxml.jackson.annotation..",
            "org.slf4j..",
            "org.checkerframework..",
            "org.jspecify..",
            "com.google.auto.value..")
        .check(PROJECT);
  }

  @Test
  void theGraphIsPlainValues() {
    classes()
        .that()
        .resideInAPackage(ROOT + "graph")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "graph",
            ROOT + "text",
            ROOT + "base",
            "java..",
            "org.jspecify..",
            "com.google.auto.value..")
        .check(PROJECT);
  }

  @Test
  void readersAndExtractorsKnowNeitherBeamNorTheDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "document..", ROOT + "extract..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam..", ROOT + "jdbc..", ROOT + "graphrag..", "java.sql..")
        .check(PROJECT);
  }

  @Test
  void readersAndExtractorsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "document..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "extract..")
        .check(PROJECT);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "extract..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "document..")
        .check(PROJECT);
  }
}
