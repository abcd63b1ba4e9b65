package org.irisgraph.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of Greek letters in names of other scripts, as in {@code TNF-α}. */
public final class GreekLetters {

  private static final Set<String> NAMES = Set.copyOf(CharacterFolding.greekNames());

  private static final char FIRST = '\u03B1';

  /** Longer runs are words of a Greek text. */
  private static final int LONGEST_RUN = 2;

  private GreekLetters() {}

  /**
   * Puts a hyphen between a letter's name and the symbol before it ({@code TNFalpha}) or the number
   * after it ({@code beta2}).
   */
  public static String separated(String name) {
    StringBuilder separated = null;
    int written = 0;
    for (int at = 1; at < name.length(); at++) {
      if (startsLetter(name, at) || endsLetter(name, at)) {
        separated = separated == null ? new StringBuilder(name.length() + 2) : separated;
        separated.append(name, written, at).append('-');
        written = at;
      }
    }
    return separated == null ? name : separated.append(name, written, name.length()).toString();
  }

  /** Whether a letter's name starts here, after a capital or a digit, and the word ends with it. */
  private static boolean startsLetter(String name, int at) {
    char before = name.charAt(at - 1);
    return isLower(name, at)
        && ((before >= 'A' && before <= 'Z') || isDigit(before))
        && isLetterName(name, at, wordEnd(name, at));
  }

  /** Whether a whole word before this digit is a letter's name. */
  private static boolean endsLetter(String name, int at) {
    if (!isDigit(name.charAt(at)) || !isLower(name, at - 1)) {
      return false;
    }
    int start = at;
    while (isLower(name, start - 1)) {
      start--;
    }
    return (start == 0 || !Character.isLetter(name.charAt(start - 1)))
        && isLetterName(name, start, at);
  }

  private static boolean isLetterName(String name, int start, int end) {
    return NAMES.contains(name.substring(start, end));
  }

  private static int wordEnd(String name, int at) {
    int end = at;
    while (isLower(name, end)) {
      end++;
    }
    return end;
  }

  private static boolean isLower(String name, int at) {
    return at >= 0 && at < name.length() && name.charAt(at) >= 'a' && name.charAt(at) <= 'z';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /**
   * Replaces single letters by their names, with hyphens between them and other letters and digits.
   *
   * @param folded a folded name
   */
  public static String named(String folded) {
    if (folded.chars().noneMatch(character -> character >= FIRST && name(character) != null)) {
      return folded;
    }
    StringBuilder named = new StringBuilder(folded.length() + 8);
    int at = 0;
    while (at < folded.length()) {
      int end = at;
      while (end < folded.length() && name(folded.charAt(end)) != null) {
        end++;
      }
      if (end == at) {
        end++;
        named.append(folded.charAt(at));
      } else if (end - at > LONGEST_RUN) {
        named.append(folded, at, end);
      } else {
        for (int letter = at; letter < end; letter++) {
          join(named).append(name(folded.charAt(letter)));
        }
        if (end < folded.length() && Character.isLetterOrDigit(folded.charAt(end))) {
          named.append('-');
        }
      }
      at = end;
    }
    return named.toString();
  }

  private static StringBuilder join(StringBuilder named) {
    boolean joins = !named.isEmpty() && Character.isLetterOrDigit(named.charAt(named.length() - 1));
    return joins ? named.append('-') : named;
  }

  private static @Nullable String name(int character) {
    return CharacterFolding.greekName((char) character);
  }
}
