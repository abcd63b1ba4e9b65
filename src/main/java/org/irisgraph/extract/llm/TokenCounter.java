package org.irisgraph.extract.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens as the encoding {@code cl100k_base} has them. Each model has an encoding of its
 * own, and most need some tenths more or fewer; a budget needs no more than that.
 */
final class TokenCounter {

  private static final int SLICE = 8192;

  /** Made by the first count: its table takes a while to load. */
  private static final class Table {
    private static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }

  private TokenCounter() {}

  /**
   * Slice by slice, which may be a token more for each: a word of a million letters would take
   * hundreds of times its size in memory.
   */
  static int count(String text) {
    int tokens = 0;
    for (int start = 0; start < text.length(); ) {
      int end = sliceEnd(text, start);
      // A model may write half a character, of which the encoding knows nothing.
      String slice = new String(text.substring(start, end).getBytes(UTF_8), UTF_8);
      // Ordinary: a text that has the name of a special token in it is a text like any other.
      tokens += Table.ENCODING.countTokensOrdinary(slice);
      start = end;
    }
    return tokens;
  }

  /** Of a text as it stands in a JSON document. */
  static int countQuoted(String text) {
    int tokens = 0;
    for (int start = 0; start < text.length(); ) {
      int end = sliceEnd(text, start);
      tokens +=
          count(
              new String(
                  JsonStringEncoder.getInstance().quoteAsString(text.substring(start, end))));
      start = end;
    }
    return tokens;
  }

  private static int sliceEnd(String text, int start) {
    int end = Math.min(text.length(), start + SLICE);
    boolean halves = end < text.length() && Character.isLowSurrogate(text.charAt(end));
    return halves ? end + 1 : end;
  }
}
