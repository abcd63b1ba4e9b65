package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.llm.Alignment.AlignedEntity;
import org.irisgraph.extract.llm.Alignment.AlignedRelation;
import org.irisgraph.extract.llm.DocumentAnswer.NamedEntity;
import org.irisgraph.extract.llm.DocumentAnswer.NamedRelation;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  private static final String TEXT = "Aspirin lowers fever; later Aspirin was stopped.";
  private static final NamedEntity ASPIRIN = new NamedEntity("Aspirin", "DRUG", 0.9);
  private static final NamedEntity FEVER = new NamedEntity("fever", "SYMPTOM", 0.8);

  @Test
  void findsEverySpanOfAnEntity() throws Exception {
    Alignment alignment = align(TEXT, List.of(ASPIRIN, FEVER), List.of());

    assertThat(
        alignment.entities(),
        contains(
            new AlignedEntity("Aspirin", "DRUG", 0.9, List.of(new Span(0, 7), new Span(28, 35))),
            new AlignedEntity("fever", "SYMPTOM", 0.8, List.of(new Span(15, 20)))));
    assertThat(alignment.dropped(), is(new DroppedItemCounts(0, 0, 0)));
  }

  @Test
  void toleratesAnotherSpellingOfNamesAndTypes() throws Exception {
    String text = "We gave Acetylsalicylic\n  acid\u2013like drugs.";

    Alignment alignment =
        align(
            text,
            List.of(new NamedEntity("acetylsalicylic acid-like drugs", " drug ", 1)),
            List.of());

    assertThat(
        alignment.entities(),
        contains(
            new AlignedEntity(
                "acetylsalicylic acid-like drugs",
                "DRUG",
                1,
                List.of(new Span(8, text.length() - 1)))));
  }

  @Test
  void findsThePluralOfAName() throws Exception {
    Alignment alignment =
        align("Fevers and colds.", List.of(FEVER, new NamedEntity("col", "SYMPTOM", 1)), List.of());

    assertThat(
        alignment.entities(),
        contains(new AlignedEntity("fever", "SYMPTOM", 0.8, List.of(new Span(0, 6)))));
    assertThat(alignment.dropped(), is(new DroppedItemCounts(1, 0, 0)));
  }

  @Test
  void mergesRepeatedEntitiesAndKeepsTheHighestConfidence() throws Exception {
    Alignment alignment =
        align(TEXT, List.of(FEVER, new NamedEntity("fever", "symptom", 0.95), FEVER), List.of());

    assertThat(
        alignment.entities(),
        contains(new AlignedEntity("fever", "SYMPTOM", 0.95, List.of(new Span(15, 20)))));
  }

  @Test
  void dropsEntitiesThatTheTextDoesNotNameAsWholeWords() throws Exception {
    Alignment alignment =
        align(
            TEXT,
            List.of(new NamedEntity("heparin", "DRUG", 1), new NamedEntity("pirin", "DRUG", 1)),
            List.of());

    assertThat(alignment.entities(), is(empty()));
    assertThat(alignment.dropped(), is(new DroppedItemCounts(2, 0, 0)));
  }

  @Test
  void dropsUnknownTypesAndLongNames() throws Exception {
    String longName = "a".repeat(501);

    Alignment alignment =
        align(
            longName + " fever",
            List.of(new NamedEntity("fever", "COLOUR", 1), new NamedEntity(longName, "DRUG", 1)),
            List.of(new NamedRelation("fever", "fever", "worsens", 1)));

    assertThat(alignment.dropped(), is(new DroppedItemCounts(0, 3, 0)));
  }

  @Test
  void keepsRelationsBetweenNamedEntities() throws Exception {
    Alignment alignment =
        align(
            TEXT,
            List.of(ASPIRIN, FEVER),
            List.of(new NamedRelation("ASPIRIN", " fever", "Treats", 0.7)));

    assertThat(
        alignment.relations(), contains(new AlignedRelation("aspirin", "fever", "treats", 0.7)));
  }

  @Test
  void dropsRelationsWithoutTwoDifferentEntities() throws Exception {
    Alignment alignment =
        align(
            TEXT,
            List.of(ASPIRIN, FEVER),
            List.of(
                new NamedRelation("aspirin", "Aspirin", "treats", 1),
                new NamedRelation("heparin", "fever", "treats", 1),
                new NamedRelation("aspirin", "pain", "treats", 1)));

    assertThat(alignment.relations(), is(empty()));
    assertThat(alignment.dropped(), is(new DroppedItemCounts(0, 0, 3)));
  }

  private static Alignment align(
      String text, List<NamedEntity> entities, List<NamedRelation> relations) throws Exception {
    return Alignment.of(text, new DocumentAnswer(false, entities, relations, 0), Prompts.of(8192));
  }
}
