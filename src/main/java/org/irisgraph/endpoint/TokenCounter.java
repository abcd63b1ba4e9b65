package org.irisgraph.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens of the encoding {@code cl100k_base}. Other models need some tenths more or fewer,
 * which is close enough for a budget.
 */
public final class TokenCounter {

  private static final int SLICE = 8192;

  /** Loaded by the first count, since the table takes a while to load. */
  private static final class Table {
    private static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }

  private TokenCounter() {}

  /**
   * Counts in slices, which may add a token for each. A word of a million letters would need
   * hundreds of times its size in memory otherwise.
   */
  public static int count(String text) {
    int tokens = 0;
    for (int start = 0; start < text.length(); ) {
      int end = sliceEnd(text, start);
      // Replaces unpaired surrogates, which a model may write and the encoding does not support.
      String slice = new String(text.substring(start, end).getBytes(UTF_8), UTF_8);
      // "Ordinary" counts the names of special tokens as text.
      tokens += Table.ENCODING.countTokensOrdinary(slice);
      start = end;
    }
    return tokens;
  }

  /** Counts the tokens of a text as a JSON string. */
  public static int countQuoted(String text) {
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
    boolean insidePair = end < text.length() && Character.isLowSurrogate(text.charAt(end));
    return insidePair ? end + 1 : end;
  }
}
