package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.llm.Alignment.AlignedEntity;
import org.irisgraph.extract.llm.Alignment.AlignedRelation;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class ChunkAnswerMergerTest {

  private static final String TEXT = "Aspirin lowers fever. Aspirin helps.";

  private final ChunkAnswerMerger merger = new ChunkAnswerMerger(TEXT);

  @Test
  void movesSpansToTheirPlaceInTheText() {
    merger.add(22, chunk(List.of(), entity("DRUG", 0.9, 0, 7)));

    assertThat(
        merger.build().mentions(), contains(new Mention("Aspirin", "DRUG", 22, 29, 0.9, "llm")));
  }

  @Test
  void mergesMentionsOfOverlappingChunks() {
    merger.add(0, chunk(List.of(), entity("DRUG", 0.8, 0, 7), entity("SYMPTOM", 0.9, 15, 20)));
    merger.add(8, chunk(List.of(), entity("SYMPTOM", 0.95, 7, 12)));

    assertThat(
        merger.build().mentions(),
        contains(
            new Mention("Aspirin", "DRUG", 0, 7, 0.8, "llm"),
            new Mention("fever", "SYMPTOM", 15, 20, 0.95, "llm")));
  }

  @Test
  void mergesRelationsAndKeepsTheHighestConfidence() {
    AlignedRelation sure = new AlignedRelation("aspirin", "fever", "treats", 0.9);
    AlignedRelation unsure = new AlignedRelation("aspirin", "fever", "treats", 0.4);
    merger.add(0, chunk(List.of(unsure), entity("DRUG", 1, 0, 7), entity("SYMPTOM", 1, 15, 20)));
    merger.add(15, chunk(List.of(sure), entity("SYMPTOM", 1, 0, 5), entity("DRUG", 1, 7, 14)));

    assertThat(
        merger.build().relations(),
        contains(
            new AnswerExtractor.Relation(
                "treats",
                List.of(new Span(0, 7), new Span(22, 29)),
                List.of(new Span(15, 20), new Span(15, 20)),
                0.9)));
  }

  @Test
  void rejectsADocumentIfAllItsNamesAreInvented() {
    Alignment useless =
        new Alignment(Map.of(), List.of(), List.of(), new DroppedItemCounts(2, 0, 0));
    merger.add(0, chunk(List.of()));
    merger.add(15, useless);

    assertThat(merger.build().rejection().code(), is("LLM_MALFORMED"));

    merger.add(22, chunk(List.of(), entity("DRUG", 1, 0, 7)));
    assertThat(merger.build().rejection(), is(nullValue()));
  }

  @Test
  void namesAnEntityAsTheModelDoesIfALineEndDividesIt() {
    String text = "graft-\nversus-host dis-\nease";
    ChunkAnswerMerger divided = new ChunkAnswerMerger(text);
    divided.add(
        0,
        chunk(
            List.of(),
            new AlignedEntity(
                "Graft-versus-host disease", "X", 1, List.of(new Span(0, text.length())))));

    assertThat(divided.build().mentions().get(0).name(), is("graft-versus-host disease"));
  }

  @Test
  void keepsTheFirstRejectionAndNoMentions() {
    Rejection first = new Rejection("LLM_TIMEOUT", "too slow");
    merger.add(0, chunk(List.of(), entity("DRUG", 1, 0, 7)));
    merger.reject(first);
    merger.reject(new Rejection("LLM_REFUSED", "refused"));

    assertThat(merger.build().rejection(), is(first));
    assertThat(merger.build().mentions(), is(empty()));
  }

  private static AlignedEntity entity(String type, double confidence, int start, int end) {
    return new AlignedEntity("name", type, confidence, List.of(new Span(start, end)));
  }

  private static Alignment chunk(List<AlignedRelation> relations, AlignedEntity... entities) {
    return new Alignment(
        Map.of("aspirin", spans("DRUG", entities), "fever", spans("SYMPTOM", entities)),
        List.of(entities),
        relations,
        new DroppedItemCounts(0, 0, 0));
  }

  private static List<Span> spans(String type, AlignedEntity... entities) {
    return List.of(entities).stream()
        .filter(entity -> entity.type().equals(type))
        .flatMap(entity -> entity.spans().stream())
        .toList();
  }
}
