package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class ProperNamesTest {

  @Test
  void aReferenceIsNoPlaceOrOrganization() {
    assertThat(names("the US (Table 2) and", "Table 2", "LOCATION"), empty());
    assertThat(names("the US (Table S6) and", "Table S6", "ORGANIZATION"), empty());
    assertThat(
        names("at Table Mountain in", "Table Mountain", "LOCATION"),
        contains("LOCATION Table Mountain"));
  }

  @Test
  void aPartOfAFormulaIsNoName() {
    assertThat(names("uptake of 25(OH)D by", "OH", "LOCATION"), empty());
    assertThat(names("born in Columbus (OH), he", "OH", "LOCATION"), contains("LOCATION OH"));
  }

  @Test
  void anEpochOfTheEarthIsADate() {
    assertThat(names("in the Pliocene it", "Pliocene", "LOCATION"), contains("DATE Pliocene"));
  }

  @Test
  void aTitleStandsForAllMentionsOfADoubtfulPerson() {
    String text = "Dr. Istio came. Then Istio left, and Grafana ran.";

    assertThat(
        persons(text, 0.3, List.of("Istio", "Grafana"), Set.of()), contains("Istio", "Istio"));
  }

  @Test
  void aPartyOfAContractIsAPersonOnlyIfAnnotatedAsSuch() {
    String text =
        "The Issuer and each Lender agree. Issuer pays LENDERS, Lenders pay the Borrower, and Anna"
            + " and Williams sign.";
    List<String> words = List.of("Issuer", "Lender", "LENDERS", "Borrower", "Anna", "Williams");

    assertThat(
        persons(text, 1, words, Set.of("Borrower")), contains("Borrower", "Anna", "Williams"));
    assertThat(
        persons("The Wesley brothers: John Wesley.", 1, List.of("Wesley", "John Wesley"), Set.of()),
        contains("Wesley", "John Wesley"));
  }

  /** Returns the mentions that stay if the model found these names of people. */
  private static List<String> persons(
      String text, double confidence, List<String> names, Set<String> trained) {
    List<Mention> found =
        Pattern.compile(
                names.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .collect(Collectors.joining("|", "\\b(?:", ")s?\\b")))
            .matcher(text)
            .results()
            .map(
                name ->
                    new Mention(
                        name.group(), "PERSON", name.start(), name.end(), confidence, "ner"))
            .toList();
    return ProperNames.of(TokenizedText.of(text), found, trained::contains).stream()
        .map(Mention::text)
        .toList();
  }

  private static List<String> names(String text, String name, String type) {
    int start = text.indexOf(name);
    Mention found = new Mention(name, type, start, start + name.length(), 1, "ner");
    return ProperNames.of(TokenizedText.of(text), List.of(found), trained -> false).stream()
        .map(mention -> mention.type() + " " + mention.text())
        .toList();
  }
}
