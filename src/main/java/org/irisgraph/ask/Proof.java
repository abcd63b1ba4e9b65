package org.irisgraph.ask;

import java.util.List;
import java.util.stream.Stream;

/**
 * A sentence that mentions what is asked about.
 *
 * @param document the document's id
 * @param title its first line
 * @param sentence with one space for any white space
 * @param marks the mentions in the sentence, in their order
 */
public record Proof(String document, String title, String sentence, List<Mark> marks) {

  /** The characters {@code start} to {@code end} of a sentence. */
  public record Mark(int start, int end) {}

  /** The mentions. */
  Stream<String> markedTexts() {
    return marks.stream().map(mark -> sentence.substring(mark.start(), mark.end()));
  }

  /** The sentence with these before and after each mention. */
  public String marked(String before, String after) {
    StringBuilder marked = new StringBuilder();
    int at = 0;
    for (Mark mark : marks) {
      marked
          .append(sentence, at, mark.start())
          .append(before)
          .append(sentence, mark.start(), mark.end())
          .append(after);
      at = mark.end();
    }
    return marked.append(sentence, at, sentence.length()).toString();
  }
}
