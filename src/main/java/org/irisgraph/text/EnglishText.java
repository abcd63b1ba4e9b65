package org.irisgraph.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises texts in other languages than English by their commonest words and their letters. */
public final class EnglishText {

  private static final Set<String> ENGLISH =
      words(
          """
          the and of to that for with from this are be have it by not which were has his they
          """);

  /** Of German, Dutch, French, Spanish, Italian, Portuguese, Swedish, Danish and Polish. */
  private static final Set<String> OTHERS =
      words(
          """
          der das und ist nicht den von zu mit auf für eine des dem het een van niet zijn voor met
          le les et est dans que pour une du pas qui sur los las el por con una se del il che della
          sono och att det som inte og af til não uma para os em na się jest
          """);

  /** One in so many words of a text in another language is one of {@link #OTHERS}. */
  private static final int WORDS_FOR_ONE = 10;

  private static final int FEWEST_WORDS = 20;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");

  private EnglishText() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a text is clearly in another language; false for lists of names and short texts. */
  public static boolean isOtherLanguage(String text) {
    int words = 0;
    int english = 0;
    int others = 0;
    int notLatin = 0;
    for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words++;
        english += ENGLISH.contains(word) ? 1 : 0;
        others += OTHERS.contains(word) ? 1 : 0;
        notLatin += isLatin(word.codePointAt(0)) ? 0 : 1;
      }
    }
    return words >= FEWEST_WORDS
        && (notLatin * 2 > words || (others > english && others * WORDS_FOR_ONE >= words));
  }

  private static boolean isLatin(int letter) {
    return Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
  }
}
