package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphExtractorTest {

  private static final int LIMIT = 1000;

  @Test
  void mergesMentionsWithTheSameTypeAndNormalisedName() throws IOException {
    String text = "Breast\n cancer, gout. BREAST CANCER; breast cancer";

    ExtractedGraph graph = extract("breast cancer\tDISEASE\ngout\tDISEASE", text, LIMIT);

    assertThat(
        graph.entities(),
        contains(
            new Entity(
                GraphIds.entity("doc", "DISEASE", "breast cancer"),
                "Breast cancer",
                "DISEASE",
                1.0,
                0,
                14,
                3,
                "dictionary"),
            new Entity(
                GraphIds.entity("doc", "DISEASE", "gout"),
                "gout",
                "DISEASE",
                1.0,
                16,
                20,
                1,
                "dictionary")));
    assertThat(graph.mentions(), is(4));
  }

  @Test
  void keepsTheHighestConfidenceAndAllExtractorsOfAnEntity() {
    EntityExtractor listed =
        ListedExtractor.of(
            "any",
            new Mention("gout", "DISEASE", 0, 4, 0.2, "pattern"),
            new Mention("Gout", "DISEASE", 5, 9, 0.7, "dictionary"),
            new Mention("gout", "DISEASE", 10, 14, 0.5, "pattern"));

    Entity entity = extract(listed, "gout Gout gout", LIMIT).entities().get(0);

    assertThat(entity.confidence(), equalTo(0.7));
    assertThat(entity.extractors(), equalTo("dictionary,pattern"));
    assertThat(entity.name(), equalTo("gout"));
  }

  @Test
  void synonymsOfOneConceptShareANode() throws IOException {
    ExtractedGraph graph =
        extract(
            "heart attack\tDISEASE\tC0027051\nmyocardial infarction\tDISEASE\tC0027051\n"
                + "Gout\tDISEASE",
            "Heart attack, myocardial infarction, GOUT",
            LIMIT);

    assertThat(
        graph.entities().stream().map(Entity::node).toList(),
        contains(
            new Node("C0027051", "C0027051"),
            new Node("C0027051", "C0027051"),
            new Node("DISEASE:gout", null)));
  }

  @Test
  void usesTheConceptOfMostMentionsAndOfSeveralTheFirst() {
    EntityExtractor twice =
        ListedExtractor.of(
            "any",
            concept("ms", 0, null),
            concept("MS", 3, "C1"),
            concept("ms", 6, "C2"),
            concept("ms", 9, "C2"));
    EntityExtractor once =
        ListedExtractor.of("any", concept("MS", 0, "C1"), concept("ms", 3, "C2"));

    assertThat(nodeKey(extract(twice, "ms MS ms ms", LIMIT)), equalTo("C2"));
    assertThat(nodeKey(extract(once, "MS ms", LIMIT)), equalTo("C1"));
  }

  private static Mention concept(String text, int start, @Nullable String concept) {
    return new Mention(text, text, "DISEASE", start, start + text.length(), 1, "any", concept);
  }

  private static String nodeKey(ExtractedGraph graph) {
    assertThat(graph.entities(), hasSize(1));
    return graph.entities().get(0).node().key();
  }

  @Test
  void separatesEntitiesOfDifferentTypes() {
    EntityExtractor listed =
        ListedExtractor.of(
            "any",
            new Mention("gout", "DISEASE", 0, 4, 0.4, "any"),
            new Mention("gout", "SYMPTOM", 5, 9, 0.7, "any"));

    ExtractedGraph graph = extract(listed, "gout gout", LIMIT);

    assertThat(graph.entities(), hasSize(2));
    assertThat(graph.relationships(), hasSize(1));
    assertThat(graph.relationships().get(0).confidence(), equalTo(0.4));
  }

  @Test
  void linksEntitiesOfASentenceAndCountsTheSentences() throws IOException {
    String text = "Gout and fever. Fever, gout and fever. Asthma. Asthma and gout.\n\nFever";

    ExtractedGraph graph = extract("gout\tDISEASE\nfever\tSYMPTOM\nasthma\tDISEASE", text, LIMIT);

    assertThat(links(graph), contains("Gout-fever 2.0", "Gout-Asthma 1.0"));
    Entity gout = graph.entities().get(0);
    Entity fever = graph.entities().get(1);
    assertThat(
        graph.relationships().get(0),
        equalTo(
            new Relationship(
                GraphIds.relationship("doc", gout.id(), fever.id(), "co_occurs_with"),
                gout.id(),
                fever.id(),
                "co_occurs_with",
                2.0,
                1.0)));
  }

  @Test
  void doesNotLinkAnEntityWithItself() throws IOException {
    assertThat(extract("gout\tDISEASE", "Gout, gout, GOUT.", LIMIT).relationships(), is(empty()));
  }

  @Test
  void linksTheNearestEntitiesUpToTheLimit() throws IOException {
    ExtractedGraph graph = extract("a\tX\nb\tX\nc\tX\nd\tX", "a, b, c and d\n\nd, a", 4);

    assertThat(links(graph), contains("a-b 1.0", "a-c 1.0", "a-d 1.0", "b-c 1.0", "c-d 1.0"));
    assertThat(graph.droppedPairs(), is(2L));
  }

  @Test
  void limitsTheRelationshipsOfAnEnormousSentence() throws IOException {
    int entities = 20_000;
    String dictionary = joined(entities, i -> "gene" + i + "\tGENE\n");
    String text = joined(entities, i -> "gene" + i + ", ");

    ExtractedGraph graph = extract(dictionary, text, LIMIT);

    assertThat(graph.entities(), hasSize(entities));
    assertThat(graph.relationships(), hasSize(LIMIT));
    assertThat(graph.droppedPairs(), is((long) entities * (entities - 1) / 2 - LIMIT));
  }

  @Test
  void linksNothingIfTheLimitIsZero() throws IOException {
    ExtractedGraph graph = extract("a\tX\nb\tX", "a b", 0);

    assertThat(graph.relationships(), is(empty()));
    assertThat(graph.droppedPairs(), is(1L));
  }

  @Test
  void linksAllSentencesOfAVeryLongDocument() throws IOException {
    String text = "Gout causes fever in a patient.\n".repeat(12_500);
    assertThat(text.length(), equalTo(400_000));

    ExtractedGraph graph = extract("gout\tDISEASE\nfever\tSYMPTOM", text, LIMIT);

    assertThat(links(graph), contains("Gout-fever 12500.0"));
    assertThat(graph.mentions(), is(25_000));
  }

  @Test
  void doesNotDependOnTheOrderOfExtractorsWithoutTies() throws IOException {
    Document document = Documents.of("Gout with CRP5 in 5 %. CRP5 and asthma, gout of 5 %.");
    EntityExtractor words = dictionary("gout\tDISEASE\nasthma\tDISEASE");
    EntityExtractor patterns =
        PatternExtractor.parse(
            "p", "patterns: [{name: n, type: GENE, regex: '[A-Z]{3}\\d|\\d %'}]");

    ExtractedGraph one =
        new GraphExtractor(new CombinedExtractor(List.of(words, patterns)), new GraphRules(LIMIT))
            .extract(document);
    ExtractedGraph other =
        new GraphExtractor(new CombinedExtractor(List.of(patterns, words)), new GraphRules(LIMIT))
            .extract(document);

    assertThat(one, equalTo(other));
    assertThat(one.entities(), hasSize(4));
  }

  @Test
  void returnsUniqueRelationshipsBetweenItsEntities() throws IOException {
    String dictionary = joined(40, i -> "gene" + i + "\tGENE\n");
    String text = joined(3_000, i -> "gene" + (i * i * 7 % 40) + (i % 9 == 0 ? ". X " : " and "));

    ExtractedGraph graph = extract(dictionary, text, LIMIT);

    Set<String> ids = graph.entities().stream().map(Entity::id).collect(Collectors.toSet());
    Set<List<String>> pairs = new HashSet<>();
    for (Relationship relationship : graph.relationships()) {
      String source = relationship.sourceEntityId();
      String target = relationship.targetEntityId();
      assertThat(ids.contains(source) && ids.contains(target), is(true));
      assertThat(source.equals(target), is(false));
      assertThat(pairs.add(List.of(source, target)), is(true));
      assertThat(pairs.contains(List.of(target, source)), is(false));
    }
  }

  @ParameterizedTest
  @MethodSource("invalidMentions")
  void rejectsInvalidMentions(ListedExtractor extractor) {
    Exception thrown =
        assertThrows(IllegalStateException.class, () -> extract(extractor, "gout   fever", LIMIT));

    assertThat(thrown.getMessage(), containsString("extractor wrong returned a mention"));
  }

  static List<ListedExtractor> invalidMentions() {
    return List.of(
        ListedExtractor.of("wrong", mention("gouty", 0, 5)),
        ListedExtractor.of("wrong", mention("gout", 0, 5)),
        ListedExtractor.of("wrong", mention("gout", -1, 3)),
        ListedExtractor.of("wrong", mention("  ", 5, 7)),
        ListedExtractor.of("wrong", mention("", 5, 5)),
        ListedExtractor.of("wrong", mention("fever", 7, 12), mention("gout", 0, 4)),
        ListedExtractor.of("wrong", mention("gout", 0, 4), mention("t", 3, 4)));
  }

  @Test
  void keepsThePlaceAndTheSentenceOfMentions() throws IOException {
    String text = "Gout hurts.  Gout,\nor GOUT, is old.\n\nLupus.";
    ExtractedGraph graph =
        new GraphExtractor(
                dictionary("gout\tDISEASE\nlupus\tDISEASE"),
                List.of(),
                new EntityNodes(new NodeNames(List.of()), null),
                new GraphRules(LIMIT, true, Set.of(), null))
            .extract(Documents.of(text));

    assertThat(
        graph.entities().stream()
            .flatMap(entity -> entity.places().stream())
            .map(
                place ->
                    text.substring(place.start(), place.end())
                        + ": "
                        + text.substring(place.sentence().start(), place.sentence().end()))
            .toList(),
        contains(
            "Gout: Gout hurts.",
            "Gout: Gout,\nor GOUT, is old.",
            "GOUT: Gout,\nor GOUT, is old.",
            "Lupus: Lupus."));
  }

  @Test
  void theSentenceOfAMentionContainsItWhole() {
    String text = "Since Acme Co. Ltd. it is sold. So is gout.";
    ExtractedGraph graph =
        new GraphExtractor(
                ListedExtractor.of("x", mention("Acme Co. Ltd", 6, 18)),
                List.of(),
                new EntityNodes(new NodeNames(List.of()), null),
                new GraphRules(LIMIT, true, Set.of(), null))
            .extract(Documents.of(text));

    Sentence sentence = graph.entities().get(0).places().get(0).sentence();
    assertThat(
        text.substring(sentence.start(), sentence.end()), is("Since Acme Co. Ltd. it is sold."));
  }

  @Test
  void keepsTheFirstMentionsAndThoseOfTheFirstSentenceOfEachPair() throws IOException {
    String text =
        "Gout. ".repeat(5) + "Gout, lupus. " + "Gout. Gout, lupus. ".repeat(5) + "A gout, asthma.";
    ExtractedGraph graph =
        new GraphExtractor(
                dictionary("gout\tDISEASE\nlupus\tDISEASE\nasthma\tDISEASE"),
                List.of(),
                new EntityNodes(new NodeNames(List.of()), null),
                new GraphRules(LIMIT, true, Set.of(), null))
            .extract(Documents.of(text));

    assertThat(
        graph.entities().get(0).places().stream()
            .map(place -> text.substring(place.sentence().start(), place.sentence().end()))
            .toList(),
        contains("Gout.", "Gout.", "Gout.", "Gout, lupus.", "A gout, asthma."));
    assertThat(graph.entities().get(0).mentions(), is(17));
  }

  private static Mention mention(String text, int start, int end) {
    return new Mention(text, "X", start, end, 1.0, "wrong");
  }

  private static List<String> links(ExtractedGraph graph) {
    Map<String, String> names =
        graph.entities().stream().collect(Collectors.toMap(Entity::id, Entity::name));
    return graph.relationships().stream()
        .map(
            r ->
                names.get(r.sourceEntityId())
                    + "-"
                    + names.get(r.targetEntityId())
                    + " "
                    + r.weight())
        .toList();
  }

  @Test
  void entitiesThatCoOccurShareAPassage() throws IOException {
    String text = "gout and lupus " + "and so on ".repeat(10) + "aspirin with fever";

    ExtractedGraph graph =
        new GraphExtractor(
                dictionary("gout\tX\nlupus\tX\naspirin\tX\nfever\tX"),
                new GraphRules(LIMIT, false, Set.of(), new Passages(100, 0)))
            .extract(Documents.of(text));

    assertThat(graph.passages().size(), is(2));
    assertThat(graph.entities().size(), is(4));
    assertThat(
        graph.relationships().stream()
            .map(edge -> name(graph, edge.sourceEntityId()) + name(graph, edge.targetEntityId()))
            .toList(),
        contains("goutlupus", "aspirinfever"));
  }

  private static String name(ExtractedGraph graph, String id) {
    return graph.entities().stream()
        .filter(entity -> entity.id().equals(id))
        .map(Entity::name)
        .findFirst()
        .orElseThrow();
  }

  private static ExtractedGraph extract(String dictionary, String text, int limit)
      throws IOException {
    return extract(dictionary(dictionary), text, limit);
  }

  private static ExtractedGraph extract(EntityExtractor extractor, String text, int limit) {
    return new GraphExtractor(extractor, new GraphRules(limit)).extract(Documents.of(text));
  }

  private static EntityExtractor dictionary(String content) throws IOException {
    return new DictionaryExtractor(Dictionary.parse("test.tsv", new StringReader(content)));
  }

  private static String joined(int count, Function<Integer, String> part) {
    return IntStream.range(0, count).boxed().map(part).collect(Collectors.joining());
  }
}
