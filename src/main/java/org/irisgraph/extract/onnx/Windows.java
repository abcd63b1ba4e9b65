package org.irisgraph.extract.onnx;

import java.util.ArrayList;
import java.util.List;

/** Divides the tokens of a long text into windows that overlap, as far as a model can read. */
final class Windows {

  /** Tokens at the edge of a window, which lack context on one side. */
  private static final int MARGIN = 32;

  private Windows() {}

  /**
   * Part of the tokens.
   *
   * @param start the first token that the model reads
   * @param end the token after the last
   * @param first the first token whose label counts
   * @param last the token after the last whose label counts
   */
  record Window(int start, int end, int first, int last) {}

  /**
   * Divides tokens so that the label of each counts once, and no label counts near the edge of a
   * window that is not the edge of the text.
   *
   * @param tokens their number
   * @param longest the most tokens in a window, 1 or more
   */
  static List<Window> of(int tokens, int longest) {
    List<Window> windows = new ArrayList<>();
    int margin = Math.min(MARGIN, (longest - 1) / 4);
    int first = 0;
    while (first < tokens) {
      int start = Math.max(0, Math.min(first - margin, tokens - longest));
      int end = Math.min(tokens, start + longest);
      int last = end == tokens ? end : end - margin;
      windows.add(new Window(start, end, first, last));
      first = last;
    }
    return windows;
  }
}
