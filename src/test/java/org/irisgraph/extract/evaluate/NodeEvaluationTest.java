package org.irisgraph.extract.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.PubTator;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.NodeRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEvaluationTest {

  /**
   * Concept A: seizures, seizure and fits (documents 1, 2, 3), so 2·1 + 2·1 + 1·1 = 5 pairs with
   * its two mentions in document 1. Concept B: chronic pain and CP in document 2, chronic pain in
   * document 3: 2 pairs. The CP of document 3 is C, without a pair.
   */
  private static final String GOLD =
      """
      1|t|Seizures
      1|a|and Seizures, and gout.
      1\t0\t8\tSeizures\tDisease\tA
      1\t13\t21\tSeizures\tDisease\tA
      1\t27\t31\tgout\tDisease\t-1

      2|t|A seizure
      2|a|in chronic pain (CP).
      2\t2\t9\tseizure\tDisease\tA
      2\t13\t25\tchronic pain\tDisease\tB
      2\t27\t29\tCP\tDisease\tB

      3|t|Fits
      3|a|in chronic pain; cerebral palsy (CP), gout.
      3\t0\t4\tFits\tDisease\tA
      3\t8\t20\tchronic pain\tDisease\tB
      3\t38\t40\tCP\tDisease\tC
      3\t43\t47\tgout\tDisease\t-1
      """;

  @TempDir private Path directory;
  private List<GoldDocument> documents = List.of();

  @BeforeEach
  void readDocuments() throws IOException {
    documents = PubTator.read(Files.writeString(directory.resolve("gold.txt"), GOLD));
  }

  @Test
  void countsThePairsOfMentionsInDifferentDocuments() throws IOException {
    NodeEvaluation evaluation = evaluate("fits\tDISEASE\n", EnumSet.allOf(NodeRule.class));

    // The pair of chronic pain, and CP with CP, which are different concepts.
    assertThat(evaluation.baseline(), equalTo(new Score(1, 2, 7)));
    // Two pairs of seizures, and both mentions of chronic pain in document 2.
    assertThat(evaluation.byName().get(NodeEvaluation.ALL), equalTo(new Score(4, 4, 7)));
    assertThat(evaluation.byName().get("without plurals"), equalTo(new Score(2, 2, 7)));
    assertThat(evaluation.byName().get("without shortForms"), equalTo(new Score(3, 4, 7)));
    assertThat(evaluation.byName().get("no rules"), equalTo(evaluation.baseline()));
  }

  @Test
  void usesTheConceptsThatExtractorsFind() throws IOException {
    NodeEvaluation evaluation =
        evaluate("fits\tDISEASE\tC1\nseizure\tDISEASE\tC1\n", EnumSet.allOf(NodeRule.class));

    assertThat(evaluation.byName().get(NodeEvaluation.ALL), equalTo(new Score(4, 4, 7)));
    // The dictionary has no plural; the rule finds its term.
    assertThat(evaluation.byConcept().get(NodeEvaluation.ALL), equalTo(new Score(7, 7, 7)));
    // A seizure and fits; and as above.
    assertThat(evaluation.byConcept().get("without plurals"), equalTo(new Score(1 + 2, 1 + 2, 7)));
  }

  @Test
  void measuresOnlyTheRulesThatAreSwitchedOn() throws IOException {
    NodeEvaluation evaluation = evaluate("fits\tDISEASE\n", Set.of(NodeRule.PLURALS));

    assertThat(
        List.copyOf(evaluation.byName().keySet()),
        is(List.of("all rules", "without plurals", "no rules")));
    assertThat(evaluation.byName().get(NodeEvaluation.ALL), equalTo(new Score(3, 4, 7)));
  }

  private NodeEvaluation evaluate(String dictionary, Set<NodeRule> rules) throws IOException {
    Extractors extractors =
        Extractors.load(
            ExtractionSettings.builder(List.of("dictionary"))
                .dictionary("terms.tsv")
                .maxRelationshipsPerSentence(10)
                .build(),
            location -> dictionary.getBytes(UTF_8));
    return NodeEvaluation.of(extractors, rules, documents);
  }
}
