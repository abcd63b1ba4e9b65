package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.extract.evaluate.Evaluation;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.PubTator;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ModelTrainerTest {

  private static List<GoldDocument> documents;

  @BeforeAll
  static void read() throws IOException {
    documents = PubTator.read(Path.of("src/test/resources/gold/bc5cdr-30.PubTator.txt"));
  }

  @Test
  @Tag("slow")
  void findsLearnedNamesInOtherDocuments() throws IOException {
    byte[] model =
        new ModelTrainer(10, 1)
            .train(
                List.of(documents.subList(0, 24)), List.of("gout"), List.of(), ModelTraits.TERMS);

    NerExtractor extractor = new NerExtractor(NameModel.read("model.zip", model));
    assertThat(Evaluation.of(extractor, documents.subList(0, 24)).micro().f1(), greaterThan(0.95));
    assertThat(Evaluation.of(extractor, documents.subList(24, 30)).micro().f1(), greaterThan(0.3));
  }

  @Test
  void trainsTheSameModelFromTheSameDocumentsAndSeed() throws IOException {
    byte[] first =
        new ModelTrainer(2, 7)
            .train(List.of(documents.subList(0, 5)), List.of(), List.of(), ModelTraits.TERMS);
    byte[] second =
        new ModelTrainer(2, 7)
            .train(List.of(documents.subList(0, 5)), List.of(), List.of(), ModelTraits.TERMS);
    byte[] other =
        new ModelTrainer(2, 8)
            .train(List.of(documents.subList(0, 5)), List.of(), List.of(), ModelTraits.TERMS);

    assertThat(second, equalTo(first));
    assertThat(other, not(equalTo(first)));
  }

  @Test
  void takesATypeThatACorpusDoesNotMarkForUnknownThere() throws IOException {
    List<GoldDocument> people = new ArrayList<>();
    List<GoldDocument> towns = new ArrayList<>();
    for (String person : List.of("Ann", "Bea", "Cleo", "Dora", "Eve", "Fay")) {
      for (String town : List.of("Rome", "Oslo", "Bern", "Kyiv", "Riga", "Bonn")) {
        String text = person + " goes to " + town + " today.";
        int start = text.indexOf(town);
        people.add(
            new GoldDocument(
                text, text, List.of(new GoldDocument.Name("PERSON", 0, person.length()))));
        towns.add(
            new GoldDocument(
                text, text, List.of(new GoldDocument.Name("TOWN", start, start + town.length()))));
      }
    }

    NerExtractor extractor =
        new NerExtractor(
            NameModel.read(
                "m",
                new ModelTrainer(10, 1)
                    .train(List.of(people, towns), List.of(), List.of(), ModelTraits.TERMS)));

    assertThat(
        extractor.extract(people.get(0).toDocument()).stream().map(Mention::type).toList(),
        contains("PERSON", "TOWN"));
  }

  @Test
  void takesClassesOfOneLevel() throws IOException {
    List<GoldDocument> people =
        Stream.of("Ann", "Bea", "Cleo", "Dora", "Eve", "Fay")
            .map(
                person ->
                    new GoldDocument(
                        person,
                        person + " is here, Monday is not.",
                        List.of(new GoldDocument.Name("PERSON", 0, person.length()))))
            .toList();
    List<String> classes =
        List.of("ann\t1", "bea\t1", "cleo\t1", "dora\t1", "eve\t1", "fay\t1", "zoe\t1");

    NerExtractor extractor =
        new NerExtractor(
            NameModel.read(
                "m",
                new ModelTrainer(10, 1)
                    .train(List.of(people), List.of(), classes, ModelTraits.TERMS)));

    assertThat(
        extractor
            .extract(new GoldDocument("d", "Zoe is here, Monday is not.", List.of()).toDocument())
            .stream()
            .map(Mention::name)
            .toList(),
        contains("Zoe"));
  }

  @Test
  void rejectsAFileThatIsNoModel() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> NameModel.read("my.zip", new byte[] {1, 2, 3}))
            .getMessage(),
        is("my.zip is not a model that the command train has written"));
  }
}
