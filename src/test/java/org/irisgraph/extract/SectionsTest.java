package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class SectionsTest {

  @Test
  void keepsAShortTextWhole() {
    assertThat(Sections.ends(""), contains(0));
    assertThat(Sections.ends("x".repeat(Sections.LONGEST)), contains(Sections.LONGEST));
  }

  @Test
  void cutsAfterABlankLineRatherThanAfterASentence() {
    String first = "A sentence. ".repeat(6000) + "\n\n";
    String text = first + "A sentence. ".repeat(6000);

    assertThat(Sections.ends(text), contains(first.length(), text.length()));
  }

  @Test
  void cutsAfterASentence() {
    String text = "A sentence. ".repeat(20_000);
    List<Integer> ends = Sections.ends(text);

    assertThat(
        ends.stream().map(end -> text.startsWith(". ", end - 2)).toList(), everyItem(is(true)));
  }

  @Test
  void cutsATextWithoutSpacesOutsideOfSurrogatePairs() {
    String text = "x" + "\uD83D\uDE00".repeat(Sections.LONGEST);

    for (int end : Sections.ends(text)) {
      assertThat(Character.isHighSurrogate(text.charAt(end - 1)), is(false));
    }
  }
}
