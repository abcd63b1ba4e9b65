package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.graph.Passage;
import org.irisgraph.text.CharacterClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PassagesTest {

  private static List<Passage> passages(String text, int size, int overlap) {
    Passages divided = new Passages(size, overlap);
    return divided.of(text, divided.sentences(text));
  }

  private static List<String> divide(String text, int size, int overlap) {
    return passages(text, size, overlap).stream()
        .map(passage -> text.substring(passage.start(), passage.end()))
        .toList();
  }

  static Stream<Path> realTexts() throws Exception {
    List<Path> texts = new ArrayList<>();
    for (String folder : List.of("src/test/resources/general-texts", "pipelines/sample-corpus")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        texts.addAll(files.sorted().limit(14).toList());
      }
    }
    return texts.stream();
  }

  @ParameterizedTest
  @MethodSource("realTexts")
  void passagesOfWholeSentencesCoverARealText(Path file) throws Exception {
    String text = Files.readString(file);
    Passages divided = new Passages(700, 150);
    List<Span> sentences = divided.sentences(text);
    BitSet starts = new BitSet();
    BitSet ends = new BitSet();
    for (Span sentence : sentences) {
      Span stripped = sentence.stripped(text);
      starts.set(stripped.start());
      ends.set(stripped.end());
    }
    BitSet covered = new BitSet();
    Passage last = new Passage(-1, 0, null);
    for (Passage passage : divided.of(text, sentences)) {
      assertThat(passage.end() - passage.start(), is(lessThanOrEqualTo(700)));
      assertThat(starts.get(passage.start()) && ends.get(passage.end()), is(true));
      assertThat(passage.start(), is(greaterThan(last.start())));
      assertThat(passage.end(), is(greaterThan(last.end())));
      assertThat(last.end() - passage.start(), is(lessThanOrEqualTo(150)));
      covered.set(passage.start(), passage.end());
      last = passage;
    }
    if (text.strip().length() > 700) {
      for (int i = 0; i < text.length(); i++) {
        assertThat(covered.get(i) || CharacterClasses.isWhiteSpace(text.charAt(i)), is(true));
      }
    }
  }

  @Test
  void asManySentencesAsFitAreAPassage() {
    assertThat(
        divide("Gout hurts. It lasts. Lupus is rare.\n\nThe end.", 21, 0),
        contains("Gout hurts. It lasts.", "Lupus is rare.", "The end."));
  }

  @Test
  void aPassageRepeatsWholeSentencesOfTheOneBefore() {
    assertThat(
        divide("One is here. Two. Three. Four is there. Five.", 24, 12),
        contains("One is here. Two. Three.", "Three. Four is there.", "Five."));
    assertThat(
        "a repeated sentence leaves room for a new one",
        divide("One is here. Two. Three is a longer one.", 22, 20),
        contains("One is here. Two.", "Three is a longer one."));
  }

  @Test
  void aTextThatIsOnePassageHasNone() {
    assertThat(divide("", 100, 0), is(empty()));
    assertThat(divide(" \n ", 100, 0), is(empty()));
    assertThat(divide(" ".repeat(200) + "Gout. Lupus.\n" + " ".repeat(200), 100, 0), is(empty()));
  }

  @Test
  void aSentenceWithoutAnEndIsDividedAtWhiteSpace() {
    String text = "gout ".repeat(1000).strip();

    List<String> passages = divide(text, 99, 0);

    assertThat(passages.get(0), is("gout ".repeat(20).strip()));
    assertThat(String.join(" ", passages), is(text));
    assertThat(
        divide("x".repeat(250), 100, 20),
        contains("x".repeat(100), "x".repeat(100), "x".repeat(50)));
  }

  @Test
  void aTableIsDividedAtTheEndsOfItsLines() {
    String row = "| gout | 12 | rare |\n";

    assertThat(divide(row.repeat(4), 50, 0), contains((row + row).strip(), (row + row).strip()));
  }

  @Test
  void aCharacterOfTwoCodeUnitsStaysWhole() {
    assertThat(
        divide("\ud83d\ude00".repeat(5), 5, 0),
        contains("\ud83d\ude00\ud83d\ude00", "\ud83d\ude00\ud83d\ude00", "\ud83d\ude00"));
  }
}
