package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbbreviationsTest {

  @ParameterizedTest
  @CsvSource({
    "patients with congestive heart failure (CHF) died, CHF = congestive heart failure",
    "given 5-hydroxytryptamine (5-HT) daily, 5-HT = 5-hydroxytryptamine",
    "the valproic acid (VPA; Sigma) group, VPA = valproic acid",
    "of (unclear) torsade de pointes (TdP), TdP = torsade de pointes",
  })
  void findsTheLongFormOfAShortForm(String text, String expected) {
    assertThat(find(text), contains(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heart failure (12)",
        "heart failure (see the table below)",
        "heart failure (XYZ)",
        "(CHF) at the beginning",
        "a line that ends with congestive\nheart failure (CHF)",
        "an open bracket at the end (CH",
      })
  void ignoresOtherTexts(String text) {
    assertThat(find(text), empty());
  }

  @Test
  void findsSeveralDefinitionsInOrder() {
    assertThat(
        find("renal failure (RF) and heart failure (HF)"),
        contains("RF = renal failure", "HF = heart failure"));
  }

  private static List<String> find(String text) {
    return Abbreviations.find(text).stream()
        .map(
            found ->
                text.substring(found.shortForm().start(), found.shortForm().end())
                    + " = "
                    + text.substring(found.longForm().start(), found.longForm().end()))
        .toList();
  }
}
