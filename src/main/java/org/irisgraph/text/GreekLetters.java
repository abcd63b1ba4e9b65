package org.irisgraph.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of Greek letters in names of other scripts, as in {@code TNF-α}. */
public final class GreekLetters {

  private static final String NAMES = String.join("|", CharacterFolding.greekNames());

  /** A name that is written to a symbol ({@code TNFalpha}) or a number ({@code beta2}). */
  private static final Pattern JOINED =
      Pattern.compile(
          "(?<=[A-Z0-9])(?=(?:%1$s)(?![a-z]))|(?<=(?<![A-Za-z])(?:%1$s))(?=[0-9])"
              .formatted(NAMES));

  /** Longer runs are words of a Greek text. */
  private static final int LONGEST_RUN = 2;

  private GreekLetters() {}

  /** Puts a hyphen between a letter's name and the symbol or number to which it is written. */
  public static String separated(String name) {
    return JOINED.matcher(name).replaceAll("-");
  }

  /**
   * Replaces single letters by their names, with hyphens between them and other letters and digits.
   *
   * @param folded a folded name
   */
  public static String named(String folded) {
    if (folded.chars().noneMatch(character -> name(character) != null)) {
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
