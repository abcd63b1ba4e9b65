package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.List;
import java.util.stream.Stream;
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
    List<Mention> found =
        Stream.of(text.indexOf("Istio"), text.lastIndexOf("Istio"), text.indexOf("Grafana"))
            .map(start -> doubtfulPerson(text, start))
            .toList();

    assertThat(
        ProperNames.of(TokenizedText.of(text), found).stream().map(Mention::text).toList(),
        contains("Istio", "Istio"));
  }

  private static Mention doubtfulPerson(String text, int start) {
    int end = start + text.substring(start).split("\\W", 2)[0].length();
    return new Mention(text.substring(start, end), "PERSON", start, end, 0.3, "ner");
  }

  private static List<String> names(String text, String name, String type) {
    int start = text.indexOf(name);
    Mention found = new Mention(name, type, start, start + name.length(), 1, "ner");
    return ProperNames.of(TokenizedText.of(text), List.of(found)).stream()
        .map(mention -> mention.type() + " " + mention.text())
        .toList();
  }
}
