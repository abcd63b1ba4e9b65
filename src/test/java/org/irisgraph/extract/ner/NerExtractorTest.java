package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.extract.evaluate.Evaluation;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.PubTator;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NerExtractorTest {

  private static final Path GOLD = Path.of("src/test/resources/gold/bc5cdr-30.PubTator.txt");

  private final NerExtractor extractor =
      new NerExtractor(NameModel.bundled(NameModel.Bundled.BIOMEDICAL));

  @Test
  void findsDrugsAndDiseases() {
    assertThat(
        names("The patient developed acute renal failure after gentamicin and ibuprofen."),
        contains("acute renal failure DISEASE", "gentamicin DRUG", "ibuprofen DRUG"));
  }

  @Test
  void findsNothingInOtherTexts() {
    assertThat(names("The committee met on Tuesday and adjourned at noon."), empty());
    assertThat(names(" \n\t"), empty());
  }

  @Test
  void refusesNamesWhoseWordGoesOn() {
    List<String> names =
        names(
            "The ATP7B gene causes Wilson disease2. ATP7B and ATP2C1 need ATP. We gave aspirin1,2"
                + " and 5FU.");

    assertThat(names, hasItems("Wilson disease DISEASE", "ATP DRUG", "aspirin DRUG"));
    assertThat(names.stream().filter(name -> name.startsWith("ATP")).count(), is(1L));
  }

  @Test
  void reportsProbabilitiesAsConfidence() {
    for (Mention mention : extract("Seizures were treated with diazepam.")) {
      assertThat(mention.confidence(), allOf(greaterThan(0.0), lessThanOrEqualTo(1.0)));
    }
  }

  /** Checks that all parts fit together; these documents are training data. */
  @Test
  void findsNearlyAllNamesOfTrainingDocuments() throws IOException {
    assertThat(Evaluation.of(extractor, PubTator.read(GOLD)).micro().f1(), greaterThan(0.9));
  }

  @Test
  void returnsTheSameMentionsInAnyOrderAndThread() throws IOException {
    List<GoldDocument> documents = PubTator.read(GOLD);
    List<List<Mention>> one = documents.stream().map(this::extract).toList();
    List<GoldDocument> backwards = new ArrayList<>(documents);
    Collections.reverse(backwards);
    NerExtractor fresh = new NerExtractor(NameModel.bundled(NameModel.Bundled.BIOMEDICAL));
    List<List<Mention>> other =
        new ArrayList<>(
            backwards.parallelStream()
                .map(document -> fresh.extract(document.toDocument()))
                .toList());
    Collections.reverse(other);

    assertThat(other, equalTo(one));
  }

  @Test
  void tagsLongTextsInParts() {
    String text = "Gentamicin caused acute renal failure in the second patient. ".repeat(2000);

    assertThat(names(text).size(), equalTo(4000));
  }

  @Test
  void findsTheSameAtTheStartAndEndOfALongText() {
    String text = "It was long. ".repeat(20_000) + "Gentamicin caused it.";
    List<Mention> mentions = extract(text);

    assertThat(mentions.size(), equalTo(1));
    assertThat(
        text.substring(mentions.get(0).start(), mentions.get(0).end()), equalTo("Gentamicin"));
  }

  @Test
  void aNameEndsWithItsParagraph() {
    assertThat(
        names("Patients with acute renal\n\nfailure after ibuprofen."),
        contains("acute renal DISEASE", "failure DISEASE", "ibuprofen DRUG"));
  }

  @Test
  void aNameEndsBeforeAQuestionMarkASemicolonAndAColon() {
    List<String> names =
        names(
            "What is (are) Fucosidosis type 1 ?\nFucosidosis causes vision loss; loss of hearing."
                + " How is pseudohypoparathyroidism ?\nPseudohypoparathyroidism: infections;"
                + " injury treated?");

    assertThat(names, hasItems("Fucosidosis type 1 DISEASE", "vision loss DISEASE"));
    assertThat(
        names.stream().filter(name -> name.matches("(?s).*[?;:].*")).toList(), is(List.of()));
  }

  @Test
  void namesEndAtTheDashesOfAListInALine() {
    assertThat(
        names("Signs are: Ataxia - Renal hypoplasia - Sensorineural hearing loss"),
        contains(
            "Ataxia DISEASE", "Renal hypoplasia DISEASE", "Sensorineural hearing loss DISEASE"));
    assertThat(
        names(
            "They received 5 - [2-(4-(3-fluorobenzylidene)piperidin-1-yl)ethyl] - 4 -(4-"
                + "fluorophenyl)thiazole-2-carboxamide."),
        contains(
            "5 - [2-(4-(3-fluorobenzylidene)piperidin-1-yl)ethyl] - 4 -(4-"
                + "fluorophenyl)thiazole-2-carboxamide DRUG"));
  }

  @Test
  void ignoresNamesThatAreTooLong() {
    for (Mention mention : extract("aspirin ".repeat(20_000))) {
      assertThat(mention.length(), lessThanOrEqualTo(200));
    }
  }

  /** Full texts have variables, initials and labels of figures, unlike abstracts. */
  @Tag("slow")
  @Test
  void ignoresSingleLetters() throws IOException {
    try (Stream<Path> articles = Files.list(Path.of("pipelines/sample-corpus"))) {
      for (Path article : articles.filter(file -> file.toString().endsWith(".xml")).toList()) {
        for (Mention mention : extract(Files.readString(article))) {
          assertThat(mention.toString(), mention.length(), greaterThan(1));
        }
      }
    }
  }

  private List<String> names(String text) {
    return extract(text).stream().map(mention -> mention.text() + " " + mention.type()).toList();
  }

  private List<Mention> extract(GoldDocument document) {
    return extractor.extract(document.toDocument());
  }

  private List<Mention> extract(String text) {
    return extractor.extract(new Document("1", new Origin("memory", 0, 0), text, Map.of()));
  }
}
