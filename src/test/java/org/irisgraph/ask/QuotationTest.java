package org.irisgraph.ask;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotationTest {

  private static final String EMOJI = "\ud83e\uddec";

  /** Quotes a text as the proof of an edge between the first mention and the others. */
  private static Proof quote(String text, String... mentions) {
    Sentence all = new Sentence(0, text.length());
    List<MentionPlace> places =
        List.of(mentions).stream()
            .map(
                mention ->
                    new MentionPlace(
                        text.indexOf(mention), text.indexOf(mention) + mention.length(), all))
            .toList();
    return Quotation.proof("d", text, all, places.subList(0, 1), places.subList(1, places.size()));
  }

  @Test
  void marksMentionsInOneLine() {
    assertThat(
        quote("  Crohn's\n\tdisease,\u00a0 and gout.\n", "Crohn's\n\tdisease", "gout")
            .marked("[", "]"),
        is("[Crohn's disease], and [gout]."));
  }

  @Test
  void quotesTheSurroundingsOfTheFirstMentionInALongSentence() {
    assertThat(
        quote("x ".repeat(500) + "gout" + " y".repeat(500), "gout").marked("[", "]"),
        is("… " + "x ".repeat(50) + "[gout]" + " y".repeat(148) + " …"));
  }

  @Test
  void quotesBothMentionsOfALongSentence() {
    assertThat(
        quote("gout " + "x ".repeat(300) + "lupus" + " y".repeat(50), "lupus", "gout")
            .marked("[", "]"),
        is(
            "[gout]"
                + " x".repeat(98)
                + " … "
                + "x ".repeat(50)
                + "[lupus]"
                + " y".repeat(47)
                + " …"));
  }

  @Test
  void quotesWholeWords() {
    assertThat(
        quote("word ".repeat(100) + "is gout" + " words".repeat(100), "gout").marked("[", "]"),
        is("… " + "word ".repeat(19) + "is [gout]" + " words".repeat(49) + " …"));
  }

  /** Half of a pair cannot be written as UTF-8. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void cutsNoCharacterInTwo(String first) {
    String many = first + EMOJI.repeat(500);
    Proof proof = quote(many + "gout" + many, "gout");

    for (String cut : List.of(proof.title(), proof.sentence())) {
      assertThat(cut.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), is(true));
    }
    assertThat(proof.marked("[", "]").contains("[gout]"), is(true));
  }

  @Test
  void replacesControlCharactersThatATerminalWouldObey() {
    assertThat(
        quote("Gout\u001b[31m and \u009b31m\u0007.", "Gout").marked("[", "]"),
        is("[Gout]\uFFFD[31m and \uFFFD31m\uFFFD."));
  }
}
