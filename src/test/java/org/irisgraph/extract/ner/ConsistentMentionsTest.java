package org.irisgraph.extract.ner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class ConsistentMentionsTest {

  @Test
  void addsOtherOccurrencesOfAName() {
    assertThat(
        consistent("Fever, then fever; feverish", mention("DISEASE", "Fever", 0)),
        contains("Fever DISEASE 0", "fever DISEASE 12"));
  }

  @Test
  void addsNoOccurrencesOfANameThatIsRarelyFound() {
    assertThat(
        consistent(
            "lead acid, lead on, lead to, lead by, lead in, lead at", mention("DRUG", "lead", 0)),
        contains("lead DRUG 0"));
  }

  @Test
  void matchesShortNamesAndCapitalsInExactCase() {
    assertThat(
        consistent("ALL is all; ALL", mention("DISEASE", "ALL", 0)),
        contains("ALL DISEASE 0", "ALL DISEASE 12"));
  }

  @Test
  void addsNoOccurrenceAcrossABlankLine() {
    assertThat(
        consistent(
            "Heart failure. The heart\nfailure of the heart\n\nFailure",
            mention("DISEASE", "Heart failure", 0)),
        contains("Heart failure DISEASE 0", "heart\nfailure DISEASE 19"));
  }

  @Test
  void keepsLongerMentions() {
    assertThat(
        consistent(
            "heart failure and failure",
            mention("DISEASE", "heart failure", 0),
            mention("DISEASE", "failure", 18)),
        contains("heart failure DISEASE 0", "failure DISEASE 18"));
  }

  @Test
  void addsAShortFormWithTheTypeOfItsLongForm() {
    assertThat(
        consistent("Valproic acid (VPA) is old. VPA helps.", mention("DRUG", "Valproic acid", 0)),
        contains("Valproic acid DRUG 0", "VPA DRUG 15", "VPA DRUG 28"));
  }

  @Test
  void givesOtherMentionsOfAShortFormTheTypeOfItsLongForm() {
    assertThat(
        consistent(
            "Alfentanil (ALF) is new. ALF and alf",
            mention("DRUG", "Alfentanil", 0),
            mention("DISEASE", "ALF", 25),
            mention("DISEASE", "alf", 33)),
        contains("Alfentanil DRUG 0", "ALF DRUG 12", "ALF DRUG 25", "alf DISEASE 33"));
  }

  @Test
  void removesAnUnsureShortFormWhoseLongFormHasNoName() {
    assertThat(
        consistent(
            "The odds ratio (OR) of fever; OR",
            mention("DRUG", "OR", 16, 0.9),
            mention("DISEASE", "fever", 23),
            mention("DRUG", "OR", 30, 0.6)),
        contains("fever DISEASE 23"));
  }

  @Test
  void keepsASureShortFormWhoseLongFormHasNoName() {
    assertThat(
        consistent(
            "The Othello Syndrome (OS) of fever; OS",
            mention("DISEASE", "OS", 22, 0.8),
            mention("DISEASE", "OS", 36, 0.9)),
        contains("OS DISEASE 22", "OS DISEASE 36"));
  }

  @Test
  void keepsAShortFormOfWhoseLongFormsOneHasAName() {
    assertThat(
        consistent(
            "Odds ratio (OR), opioid receptor (OR)",
            mention("DRUG", "OR", 12),
            mention("DRUG", "opioid", 17)),
        contains("OR DRUG 12", "opioid DRUG 17", "OR DRUG 34"));
  }

  @Test
  void keepsShortFormsOfProperNames() {
    String text = "The great city (GC) of Rome; GC";

    assertThat(
        ConsistentMentions.of(
                TokenizedText.of(text),
                List.of(mention("LOCATION", "Rome", 23), mention("LOCATION", "GC", 29)),
                true)
            .stream()
            .map(Mention::text)
            .toList(),
        contains("GC", "Rome", "GC"));
  }

  @Test
  void usesTheMeanConfidenceOfTheFoundMentions() {
    String text = "fever, fever, fever";
    List<Mention> mentions =
        ConsistentMentions.of(
            text,
            List.of(
                new Mention("fever", "DISEASE", 0, 5, 0.9, "x"),
                new Mention("fever", "DISEASE", 7, 12, 0.5, "x")));

    assertThat(mentions.get(2).start(), is(14));
    assertThat(mentions.get(2).confidence(), closeTo(0.7, 1e-9));
  }

  @Test
  void keepsMentionsThatEndInsideAWord() {
    assertThat(
        consistent("hypertensive, hypertensive", mention("DISEASE", "hyper", 0)),
        contains("hyper DISEASE 0"));
  }

  @Test
  void addsNothingWithoutMentions() {
    assertThat(consistent("Valproic acid (VPA)"), empty());
  }

  private static Mention mention(String type, String text, int start) {
    return mention(type, text, start, 1);
  }

  private static Mention mention(String type, String text, int start, double confidence) {
    return new Mention(text, type, start, start + text.length(), confidence, "fake");
  }

  private static List<String> consistent(String text, Mention... mentions) {
    List<String> found = new ArrayList<>();
    for (Mention mention : ConsistentMentions.of(text, List.of(mentions))) {
      assertThat(text.substring(mention.start(), mention.end()), is(mention.text()));
      found.add(mention.text() + " " + mention.type() + " " + mention.start());
    }
    return found;
  }
}
