package org.irisgraph.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextTest {

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"\u00ad", "-\u00ad", "\u200b-", "- "})
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesLinearTimeForARunOfInvisibleCharacters(String unit) {
    // No word goes on behind it, so that each is looked at.
    String name = "a" + unit.repeat(1_000_000) + ".";

    assertThat(FoldedText.name(name).startsWith("a"), is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Crohn\u2019s        | crohn's",
        "Crohn\u00b4s        | crohn's",
        "5\u2032-AMP         | 5'-amp",
        "\u00bbfever\u00ab     | \"fever\"",
        "beta\u2014blocker   | beta-blocker",
        "x\u2212y            | x-y",
        "dia\u00adbetes      | diabetes",
        "a\u200bsth\u2060ma\ufeff | asthma",
        "ﬁbrosis            | fibrosis",
        "ＡＳＰＩＲＩＮ１     | aspirin1",
        "Sjo\u0308gren       | sj\u00f6gren",
        "SJ\u00d6GREN        | sj\u00f6gren",
        "\u1112\u1161\u11ab    | \ud55c",
        "ｱｽﾋﾟﾘﾝ             | \u30a2\u30b9\u30d4\u30ea\u30f3",
        "\u00b5g              | \u03bcg",
        "CO\u2082             | co2",
        "\ud835\udc31           | x",
        "\u0130L              | il",
        "STRASSE\u00a0 1      | strasse 1",
      })
  void isTheSameForAllSpellings(String name, String folded) {
    assertThat(FoldedText.name(name), is(folded));
  }

  @Test
  void keepsTheOffsetsOfTheOriginal() {
    String text = "x \u00ad Sjo\u0308gren\u200b.";
    FoldedText folded = FoldedText.of(text);
    int at = folded.toString().indexOf("sj\u00f6gren");
    assertThat(text.substring(folded.start(at), folded.end(at + 6)), is("Sjo\u0308gren"));
  }

  @Test
  void namesGreekLettersIfAskedTo() {
    assertThat(FoldedText.name("TNF-\u0391", true), is("tnf-alpha"));
    assertThat(FoldedText.name("TNF-\u0391", false), is("tnf-\u03b1"));
  }

  @Test
  void joinsWordsThatALineEndDivides() {
    List<FoldedText> variants = FoldedText.variants("graft-\n  versus");
    assertThat(variants.toString(), is("[graftversus, graft-versus]"));
  }

  @Test
  void joinsOneWordAndKeepsTheHyphenOfTheNext() {
    assertThat(
        FoldedText.variants("graft-\nversus-inflam-\nmatory").toString(),
        is(
            "[graftversus-inflammatory, graft-versus-inflam-matory,"
                + " graft-versus-inflammatory, graftversus-inflam-matory]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inflam-\u200b\nmatory",
        "inflam\u00ad-\nmatory",
        "inflam-\n\u2060matory",
        "inflam\u200b\u00ad\r\n matory"
      })
  void joinsAWordThatInvisibleCharactersDivideAsWell(String text) {
    assertThat(FoldedText.name(text), is("inflammatory"));
    assertThat(Spelling.of(text), is("inflammatory"));
  }

  @Test
  void joinsWordsOfSupplementaryLettersAndLettersWithMarks() {
    assertThat(FoldedText.name("\ud801\udc28-\n\ud801\udc29"), is("\ud801\udc28\ud801\udc29"));
    assertThat(FoldedText.name("cafe\u0301-\nteria"), is("caf\u00e9teria"));
  }

  @Test
  void spellsGreekLettersByNameIfAskedTo() {
    assertThat(FoldedText.spelling("TNF\u03b1, \u0394G\u2082", true), is("TNFalpha, DeltaG2"));
  }

  @Test
  void joinsAtASoftHyphenInOneWayOnly() {
    assertThat(FoldedText.variants("inflam\u00ad\nmatory").toString(), is("[inflammatory]"));
  }

  @Test
  void keepsTheHyphenBeforeCapitalsAndDigits() {
    assertThat(FoldedText.variants("IL-\r\n6 anti-\nTNF").toString(), is("[il-6 anti-tnf]"));
  }

  @Test
  void joinsNothingOverABlankLineOrAfterASpace() {
    assertThat(FoldedText.name("one-\n\ntwo -\nthree"), is("one-\ntwo - three"));
  }

  @Test
  void spellsANameWithoutWhatBelongsToThePage() {
    assertThat(Spelling.of("inflam-\nmatory bo\u00adwel"), is("inflammatory bowel"));
    assertThat(Spelling.like("graft-versus-host", "graft-\nversus-host"), is("graft-versus-host"));
    assertThat(Spelling.of("\u0645\u06cc\u200c\u062e"), is("\u0645\u06cc\u200c\u062e"));
    assertThat(Spelling.of("Sjo\u0308gren\u2019s\nsyndrome"), is("Sjo\u0308gren\u2019s\nsyndrome"));
  }
}
