package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ChosenNames;
import org.junit.jupiter.api.Test;

class NameChoiceTest {

  private static final String ABSTRACT =
      "Naloxone reverses the antihypertensive effect of clonidine in hypertensive rats.";

  @Test
  void textsOfAnOfficeGetTheGeneralModel() throws IOException {
    ChosenNames chosen = NameChoice.ofSample(office());

    assertThat(chosen.models(), contains("general"));
    assertThat(chosen.reason(), is("0 of 13 sampled documents are biomedical"));
  }

  @Test
  void namesOtherLanguagesThanThatOfTheModels() {
    String german =
        "Der Bundestag hat am Donnerstag in Berlin dem Haushalt zugestimmt. Die Abgeordneten der"
            + " Grünen stimmten dagegen, und die der Linken waren nicht da.";

    assertThat(
        NameChoice.ofSample(List.of(document(german), document("Anna lives in Berlin.")))
            .toString(),
        is(
            "general (0 of 2 sampled documents are biomedical; 1 not in English, the language of the"
                + " models); --names selects others"));
  }

  @Test
  void abstractsGetTheBiomedicalModel() {
    ChosenNames chosen = NameChoice.ofSample(List.of(document(ABSTRACT), document(ABSTRACT)));

    assertThat(chosen.models(), contains("biomedical"));
    assertThat(
        chosen.toString(),
        is("biomedical (2 of 2 sampled documents are biomedical); --names selects others"));
  }

  @Test
  void aShortTextIsBiomedicalWithTwoNames() {
    ChosenNames chosen =
        NameChoice.ofSample(
            List.of(document("Naloxone reverses the effect of clonidine in rats.")));

    assertThat(chosen.models(), contains("biomedical"));
  }

  @Test
  void oneNameDoesNotMakeATextBiomedicalHoweverOftenItIsFound() {
    ChosenNames chosen =
        NameChoice.ofSample(
            List.of(document("The band played Naloxone. Naloxone, said a fan, is a song. ")));

    assertThat(chosen.models(), contains("general"));
  }

  @Test
  void namesOfPeopleAndPlacesOutweighAFewDrugsAndDiseases() {
    ChosenNames chosen =
        NameChoice.ofSample(
            List.of(
                document(
                    "OSLO, Aug. 19 - Norway's fund sold its stake in Vale, said Kristin Halvorsrud,"
                        + " its head. Shares fell in Tokyo and New York. The European Central Bank"
                        + " and Deutsche Bank warned of fatigue in metals, and lithium prices slid."
                        + " A depression over the North Sea delayed flights from Stockholm and"
                        + " Copenhagen to London.")));

    assertThat(chosen.models(), contains("general"));
  }

  @Test
  void aMixtureGetsBoth() throws IOException {
    List<Document> documents = new ArrayList<>(office());
    documents.addAll(List.of(document(ABSTRACT), document(ABSTRACT), document(ABSTRACT)));
    documents.addAll(documents.subList(13, 16));

    assertThat(NameChoice.ofSample(documents).models(), contains("biomedical", "general"));
  }

  @Test
  void withoutDocumentsNothingIsLeftOut() {
    assertThat(NameChoice.ofSample(List.of()).models(), contains("biomedical", "general"));
  }

  @Test
  void annotatedTypesGetTheModelsThatFindThem() {
    assertThat(ofTypes("DISEASE"), contains("biomedical"));
    assertThat(ofTypes("PERSON", "MONEY"), contains("general"));
    assertThat(ofTypes("DRUG", "PERSON"), contains("biomedical", "general"));
  }

  private static List<String> ofTypes(String... types) {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    NameChoice.ofTypes(options, Set.of(types));
    return options.getNames();
  }

  private static List<Document> office() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/general-texts"))) {
      List<Document> documents = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        documents.add(document(Files.readString(file)));
      }
      return documents;
    }
  }

  private static Document document(String text) {
    return new Document("d", new Origin("memory", 0, 0), text, Map.of());
  }
}
