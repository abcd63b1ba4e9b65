package org.irisgraph.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The American spelling of British words, by a table of whole words and of the parts that medical
 * words are made of: {@code haemorrhage}, {@code hypokalaemia}, {@code tumour}. What the table does
 * not have stays as it is.
 */
public final class BritishSpelling {

  private static final Map<String, String> WORDS = new HashMap<>();
  private static final List<Part> PARTS = new ArrayList<>();

  /** Every part has one of these, so that most words need no look at the parts. */
  private static final List<String> MARKS =
      List.of("ae", "oe", "our", "ulph", "leuco", "isation", "tre", "bre", "mould");

  static {
    WordTable.read("british-spellings.tsv").forEach(BritishSpelling::add);
  }

  private BritishSpelling() {}

  /** Letters at the start, at the end, or anywhere within a word. */
  private record Part(String british, String american, boolean atStart, boolean atEnd) {

    private String replacedIn(String word) {
      if (atStart) {
        return word.startsWith(british) ? american + word.substring(british.length()) : word;
      }
      if (atEnd) {
        String ending = word.endsWith("s") ? british + "s" : british;
        return word.endsWith(ending)
            ? word.substring(0, word.length() - ending.length())
                + american
                + ending.substring(british.length())
            : word;
      }
      return word.contains(british) ? word.replace(british, american) : word;
    }
  }

  /** The American spelling of a word in lower case, with or without a plural's s. */
  public static String american(String word) {
    String whole = WORDS.get(word);
    if (whole != null) {
      return whole;
    }
    if (word.endsWith("s")) {
      String singular = WORDS.get(word.substring(0, word.length() - 1));
      if (singular != null) {
        return singular + "s";
      }
    }
    String american = word;
    if (hasMark(word)) {
      for (Part part : PARTS) {
        american = part.replacedIn(american);
      }
    }
    return american;
  }

  private static boolean hasMark(String letters) {
    for (String mark : MARKS) {
      if (letters.contains(mark)) {
        return true;
      }
    }
    return false;
  }

  /** Adds a line; hyphens show where the word goes on. */
  private static void add(String british, String american) {
    boolean goesOnBefore = british.startsWith("-");
    boolean goesOnAfter = british.endsWith("-");
    if (goesOnBefore || goesOnAfter) {
      if (!hasMark(british)) {
        throw new IllegalStateException("no mark of British spelling in " + british);
      }
      PARTS.add(
          new Part(
              british.replace("-", ""), american.replace("-", ""), !goesOnBefore, !goesOnAfter));
    } else {
      WORDS.put(british, american);
    }
  }
}
