package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinedExtractorTest {

  private static final String TEXT = "abcdefghijklmnopqrstuvwxyz";
  private static final Document DOCUMENT = Documents.of(TEXT);

  @Test
  void keepsTheLongestOfOverlappingMentions() {
    Mention first = mention(0, 4, 1.0, "one");
    Mention longest = mention(2, 9, 0.1, "two");
    Mention last = mention(9, 11, 0.5, "one");

    assertThat(
        combined(ListedExtractor.of("one", first, last), ListedExtractor.of("two", longest)),
        contains(longest, last));
  }

  @Test
  void keepsTheMoreConfidentOfEquallyLongMentions() {
    Mention unsure = mention(0, 4, 0.8, "one");
    Mention sure = mention(1, 5, 0.9, "two");

    assertThat(
        combined(ListedExtractor.of("one", unsure), ListedExtractor.of("two", sure)),
        contains(sure));
  }

  @Test
  void keepsTheMentionOfTheFirstExtractorAmongEquals() {
    Mention one = mention(1, 5, 0.9, "one");
    Mention two = mention(0, 4, 0.9, "two");

    assertThat(
        combined(ListedExtractor.of("one", one), ListedExtractor.of("two", two)), contains(one));
    assertThat(
        combined(ListedExtractor.of("two", two), ListedExtractor.of("one", one)), contains(two));
  }

  @ParameterizedTest
  @CsvSource({
    "'Temperatures\n\nPolyetherimide', 0",
    "'Temperatures\n \t\n\nPolyetherimide', 0",
    "'Temperatures\u2029Polyetherimide', 0",
    "'Temperatures | Polyetherimide', 0",
    "'Temperatures | | Polyetherimide', 0",
    "'Temperatures\nPolyetherimide', 1",
    "'Temperatures|Polyetherimide', 1"
  })
  void aMentionDoesNotGoOnOverAParagraphOrACell(String text, int kept) {
    Mention whole = new Mention(text, "X", 0, text.length(), 1, "one");
    Mention second = new Mention("Poly", "X", text.length() - 14, text.length() - 10, 0.5, "two");

    List<Mention> alone =
        new CombinedExtractor(List.of(ListedExtractor.of("one", whole)))
            .extract(Documents.of(text));
    List<Mention> both =
        new CombinedExtractor(
                List.of(ListedExtractor.of("one", whole), ListedExtractor.of("two", second)))
            .extract(Documents.of(text));

    assertThat(alone.size(), is(kept));
    assertThat(both, contains(kept == 1 ? whole : second));
  }

  @Test
  void namesAllExtractorsOfAMention() {
    Mention one = mention(0, 4, 0.4, "one");
    Mention two = mention(0, 4, 0.9, "two");

    assertThat(
        combined(ListedExtractor.of("two", two), ListedExtractor.of("one", one)),
        contains(mention(0, 4, 0.9, "one,two")));
  }

  @Test
  void keepsTheConceptOfAnExtractorThatAgreesOnTheType() {
    Mention known = new Mention("abcd", "abcd", "X", 0, 4, 0.4, "two", "C1");
    Mention other = new Mention("abcd", "abcd", "Y", 0, 4, 1.0, "three", "C2");

    assertThat(
        combined(
            ListedExtractor.of("one", mention(0, 4, 0.9, "one")),
            ListedExtractor.of("two", known),
            ListedExtractor.of("three", other)),
        contains(new Mention("abcd", "abcd", "X", 0, 4, 0.9, "one,two", "C1")));
  }

  @Test
  void usesTheTypeWithTheMostVotes() {
    assertThat(
        combined(
            ListedExtractor.of("one", mention("DRUG", 1.0, "one")),
            ListedExtractor.of("two", mention("VIRUS", 0.3, "two")),
            ListedExtractor.of("three", mention("VIRUS", 0.4, "three"))),
        contains(mention("VIRUS", 0.4, "three,two")));
  }

  @Test
  void usesTheMoreConfidentTypeIfVotesAreEqual() {
    ListedExtractor unsure = ListedExtractor.of("one", mention("DRUG", 0.4, "one"));
    ListedExtractor sure = ListedExtractor.of("two", mention("VIRUS", 0.5, "two"));
    ListedExtractor equal = ListedExtractor.of("three", mention("GENE", 0.5, "three"));

    assertThat(combined(unsure, sure), contains(mention("VIRUS", 0.5, "two")));
    assertThat(combined(equal, sure), contains(mention("GENE", 0.5, "three")));
    assertThat(combined(sure, equal), contains(mention("VIRUS", 0.5, "two")));
  }

  @Test
  void keepsMentionsThatOverlapOnlyDroppedOnes() {
    Mention dropped = mention(3, 7, 1.0, "one");
    Mention longest = mention(5, 12, 1.0, "two");
    Mention beside = mention(2, 5, 0.2, "two");

    assertThat(
        combined(ListedExtractor.of("one", dropped), ListedExtractor.of("two", beside, longest)),
        contains(beside, longest));
  }

  @Test
  void isNamedAfterItsExtractors() {
    EntityExtractor combined =
        new CombinedExtractor(List.of(ListedExtractor.of("one"), ListedExtractor.of("two")));

    assertThat(combined.name(), equalTo("one,two"));
  }

  @Test
  void needsAnExtractor() {
    assertThrows(IllegalArgumentException.class, () -> new CombinedExtractor(List.of()));
  }

  @Test
  void agreesWithANaiveChoiceOnRandomMentions() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      List<Mention> one = mentions(random, "one");
      List<Mention> two = mentions(random, "two");

      List<Mention> kept =
          combined(new ListedExtractor("one", one), new ListedExtractor("two", two));

      assertThat(kept, equalTo(naive(one, two)));
    }
  }

  /**
   * Agreements first, then the best, each against all that were kept; equals stay in the order of
   * their extractors.
   */
  private static List<Mention> naive(List<Mention> one, List<Mention> two) {
    List<Mention> all = new ArrayList<>(one);
    for (Mention mention : two) {
      Optional<Mention> same =
          one.stream()
              .filter(o -> o.start() == mention.start() && o.end() == mention.end())
              .findFirst();
      same.ifPresent(all::remove);
      all.add(
          same.isEmpty()
              ? mention
              : mention(
                  mention.start(),
                  mention.end(),
                  Math.max(mention.confidence(), same.get().confidence()),
                  "one,two"));
    }
    all.sort(
        Comparator.comparing((Mention mention) -> -mention.length())
            .thenComparing(mention -> -mention.confidence())
            .thenComparing(mention -> mention.extractor().equals("two"))
            .thenComparing(Mention::start));
    List<Mention> kept = new ArrayList<>();
    for (Mention mention : all) {
      if (kept.stream().allMatch(k -> k.end() <= mention.start() || k.start() >= mention.end())) {
        kept.add(mention);
      }
    }
    kept.sort(Comparator.comparing(Mention::start));
    return kept;
  }

  private static List<Mention> mentions(Random random, String extractor) {
    List<Mention> mentions = new ArrayList<>();
    for (int start = random.nextInt(4); start < TEXT.length(); start += random.nextInt(4)) {
      int end = Math.min(TEXT.length(), start + 1 + random.nextInt(5));
      mentions.add(mention(start, end, random.nextInt(3) / 2.0, extractor));
      start = end;
    }
    return mentions;
  }

  private static List<Mention> combined(EntityExtractor... extractors) {
    return new CombinedExtractor(List.of(extractors)).extract(DOCUMENT);
  }

  private static Mention mention(String type, double confidence, String extractor) {
    return new Mention(TEXT.substring(0, 4), type, 0, 4, confidence, extractor);
  }

  private static Mention mention(int start, int end, double confidence, String extractor) {
    return new Mention(TEXT.substring(start, end), "X", start, end, confidence, extractor);
  }
}
