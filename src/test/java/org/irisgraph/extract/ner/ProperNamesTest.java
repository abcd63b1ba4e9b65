package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.List;
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

  private static List<String> names(String text, String name, String type) {
    int start = text.indexOf(name);
    Mention found = new Mention(name, type, start, start + name.length(), 1, "ner");
    return ProperNames.of(TokenizedText.of(text), List.of(found)).stream()
        .map(mention -> mention.type() + " " + mention.text())
        .toList();
  }
}
