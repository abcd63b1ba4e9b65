package org.irisgraph.extract.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.irisgraph.extract.gold.PubTator;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationEvaluationTest {

  private static final Map<String, String> FILES =
      Map.of(
          "terms.tsv",
              """
              aspirin\tDRUG
              fever\tDISEASE
              pyrexia\tDISEASE
              gout\tDISEASE
              graft-versus-host disease\tDISEASE
              """,
          "causes.yaml",
              "relations: [{name: n, type: causes, pattern: '{source} causes {target}'}]");

  @TempDir private Path directory;

  @Test
  void countsANameThatALineEndDividesAndNobodyAnnotated() throws IOException {
    RelationEvaluation evaluation =
        evaluate(
            """
            1|t|Aspirin causes graft-
            1|a|versus-host disease. Fever.
            1\t0\t7\tAspirin\tChemical\tA
            1\t43\t48\tFever\tDisease\tF
            1\tCID\tA\tF
            """);

    assertThat(
        evaluation.perType(),
        is(Map.of("causes", new Score(0, 1, 1), "co_occurs_with", new Score(0, 1, 1))));
  }

  @Test
  void comparesConceptsInsteadOfNames() throws IOException {
    RelationEvaluation evaluation =
        evaluate(
            """
            1|t|Aspirin causes fever.
            1|a|Aspirin causes pyrexia. Gout and aspirin.
            1\t0\t7\tAspirin\tChemical\tA
            1\t15\t20\tfever\tDisease\tF
            1\t37\t44\tpyrexia\tDisease\tF
            1\tCID\tA\tF
            1\tCID\tA\tG
            """);

    // Gout is not annotated, so that it has no concept and cannot be G.
    assertThat(
        evaluation.perType(),
        is(Map.of("causes", new Score(1, 1, 2), "co_occurs_with", new Score(1, 2, 2))));
  }

  @Test
  void ignoresTheDirectionOfCoOccurrencesOnly() throws IOException {
    RelationEvaluation evaluation =
        evaluate(
            """
            1|t|Fever causes aspirin.
            1|a|
            1\t0\t5\tFever\tDisease\tF
            1\t13\t20\taspirin\tChemical\tA
            1\tCID\tA\tF
            """);

    assertThat(
        evaluation.perType(),
        is(Map.of("causes", new Score(0, 1, 1), "co_occurs_with", new Score(1, 1, 1))));
  }

  @Test
  void isEmptyIfNoRelationsAreAnnotated() throws IOException {
    assertThat(evaluate("1|t|Aspirin causes fever.\n1|a|\n").perType(), is(Map.of()));
  }

  private RelationEvaluation evaluate(String gold) throws IOException {
    Extractors extractors =
        Extractors.load(
            ExtractionSettings.builder(List.of("dictionary"))
                .dictionary("terms.tsv")
                .relationPatterns("causes.yaml")
                .maxRelationshipsPerSentence(10)
                .build(),
            location -> FILES.get(location).getBytes(UTF_8));
    Path file = Files.writeString(directory.resolve("gold.txt"), gold);
    return RelationEvaluation.of(extractors, PubTator.read(file));
  }
}
