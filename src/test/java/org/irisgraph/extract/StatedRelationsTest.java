package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.Relationship;
import org.junit.jupiter.api.Test;

/** Relations that a document states, in its graph. */
class StatedRelationsTest {

  private static final String TEXT = "Aspirin for fever.\n\nASPIRIN. Fever. Severe pain.";
  private static final Mention ASPIRIN = mention("Aspirin", 0);
  private static final Mention FEVER = mention("fever", 12);
  private static final Mention ASPIRIN_AGAIN = mention("ASPIRIN", 20);
  private static final Mention FEVER_AGAIN = mention("Fever", 29);
  private static final Mention PAIN = mention("pain", 43);

  @Test
  void keepsDirectionAndTypeOfStatedRelationsBesideCoOccurrence() {
    assertThat(
        edges(stated("treats", FEVER, ASPIRIN, 0.6)),
        contains("Aspirin co_occurs_with fever 1.0 1.0", "fever treats Aspirin 1.0 0.6"));
  }

  @Test
  void countsStatementsAndKeepsTheHighestConfidence() {
    assertThat(
        edges(
            stated("treats", ASPIRIN_AGAIN, FEVER_AGAIN, 0.6),
            stated("treats", ASPIRIN, FEVER, 0.8),
            stated("causes", ASPIRIN, FEVER_AGAIN, 0.1)),
        contains(
            "Aspirin causes fever 1.0 0.1",
            "Aspirin co_occurs_with fever 1.0 1.0",
            "Aspirin treats fever 2.0 0.8"));
  }

  @Test
  void countsTheSameStatementOfTwoExtractorsOnce() {
    assertThat(
        edges(stated("treats", ASPIRIN, PAIN, 0.6), stated("treats", ASPIRIN, PAIN, 0.7)),
        contains("Aspirin co_occurs_with fever 1.0 1.0", "Aspirin treats pain 1.0 0.7"));
  }

  @Test
  void relatesTheMentionThatOverlapsASpanMost() {
    assertThat(
        edges(new StatedRelation("treats", span(ASPIRIN), new Span(36, 47), 1)),
        contains("Aspirin co_occurs_with fever 1.0 1.0", "Aspirin treats pain 1.0 1.0"));
    assertThat(
        edges(new StatedRelation("treats", new Span(6, 17), span(PAIN), 1)),
        contains("Aspirin co_occurs_with fever 1.0 1.0", "fever treats pain 1.0 1.0"));
  }

  @Test
  void dropsRelationsThatDoNotConnectTwoEntities() {
    assertThat(
        edges(
            stated("treats", ASPIRIN, ASPIRIN_AGAIN, 1),
            new StatedRelation("treats", span(ASPIRIN), new Span(7, 12), 1),
            new StatedRelation("treats", new Span(36, 42), span(PAIN), 1),
            new StatedRelation("treats", span(ASPIRIN), new Span(400, 500), 1)),
        contains("Aspirin co_occurs_with fever 1.0 1.0"));
  }

  @Test
  void dropsRelationsOfADocumentWithoutMentions() {
    ExtractedGraph graph = graph(List.of(), stated("treats", ASPIRIN, FEVER, 1));

    assertThat(graph.entities(), empty());
    assertThat(graph.relationships(), empty());
  }

  @Test
  void assignsDifferentIdsToRelationsOfDifferentTypes() {
    ExtractedGraph graph =
        graph(
            List.of(ASPIRIN, FEVER),
            stated("treats", ASPIRIN, FEVER, 1),
            stated("causes", ASPIRIN, FEVER, 1));

    assertThat(
        graph.relationships().stream().map(relationship -> relationship.id()).distinct().toList(),
        hasSize(3));
  }

  @Test
  void keepsTheSentencesThatStateARelation() {
    Relationship treats =
        graph(
                List.of(ASPIRIN, FEVER, ASPIRIN_AGAIN, FEVER_AGAIN, PAIN),
                stated("treats", ASPIRIN_AGAIN, PAIN, 1),
                stated("treats", ASPIRIN, PAIN, 1))
            .relationships()
            .stream()
            .filter(relationship -> relationship.type().equals("treats"))
            .findFirst()
            .orElseThrow();

    assertThat(
        treats.statedIn().stream()
            .map(sentence -> TEXT.substring(sentence.start(), sentence.end()))
            .toList(),
        contains("Aspirin for fever.", "ASPIRIN.", "Severe pain."));
  }

  private static StatedRelation stated(
      String type, Mention source, Mention target, double confidence) {
    return new StatedRelation(type, span(source), span(target), confidence);
  }

  private static Span span(Mention mention) {
    return new Span(mention.start(), mention.end());
  }

  private static Mention mention(String text, int start) {
    return new Mention(text, "X", start, start + text.length(), 1.0, "listed");
  }

  private static List<String> edges(StatedRelation... relations) {
    ExtractedGraph graph =
        graph(List.of(ASPIRIN, FEVER, ASPIRIN_AGAIN, FEVER_AGAIN, PAIN), relations);
    Map<String, String> names =
        graph.entities().stream().collect(Collectors.toMap(Entity::id, Entity::name));
    return graph.relationships().stream()
        .map(
            edge ->
                String.join(
                    " ",
                    names.get(edge.sourceEntityId()),
                    edge.type(),
                    names.get(edge.targetEntityId()),
                    "" + edge.weight(),
                    "" + edge.confidence()))
        .toList();
  }

  private static ExtractedGraph graph(List<Mention> mentions, StatedRelation... relations) {
    return new GraphExtractor(
            new ListedExtractor("listed", mentions),
            List.of((document, known) -> Arrays.asList(relations)),
            new EntityNodes(new NodeNames(List.of()), null),
            new GraphRules(10, true, Set.of(), null))
        .extract(Documents.of(TEXT));
  }
}
