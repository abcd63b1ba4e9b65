package org.irisgraph.text;

import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.BALINESE;
import static java.lang.Character.UnicodeScript.BOPOMOFO;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.JAVANESE;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.LAO;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.NEW_TAI_LUE;
import static java.lang.Character.UnicodeScript.TAI_LE;
import static java.lang.Character.UnicodeScript.TAI_THAM;
import static java.lang.Character.UnicodeScript.THAI;
import static java.lang.Character.UnicodeScript.TIBETAN;
import static java.lang.Character.UnicodeScript.YI;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * What scripts other than Latin do differently: where words and sentences end. One table for all
 * extractors.
 */
public final class ScriptRules {

  /**
   * Scripts without spaces between words, in which a word may begin and end anywhere. Korean has
   * spaces, but none between a name and its particle.
   */
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          HAN,
          HIRAGANA,
          KATAKANA,
          BOPOMOFO,
          HANGUL,
          YI,
          THAI,
          LAO,
          KHMER,
          MYANMAR,
          TIBETAN,
          JAVANESE,
          BALINESE,
          TAI_LE,
          NEW_TAI_LUE,
          TAI_THAM);

  private static final int FIRST_UNSPACED = 0x0E00;

  /**
   * Stops that end a sentence whatever follows: ideographic and full-width ones, the Arabic
   * question mark and full stop, dandas, the stops of Armenian, Ethiopic, Burmese and Khmer.
   */
  private static final String SENTENCE_ENDS =
      "\u3002\uFF61\uFF01\uFF1F\u203C\u2047\u2048\u2049\u06D4\u061F\u0964\u0965"
          + "\u0589\u1362\u1367\u1368\u104B\u17D4\u17D5";

  private static final String CLOSING =
      "\"')]}\u201D\u2019\u00BB\u203A\u300D\u300F\u3011\u300B\u3009\u3015\uFF09\uFF3D\uFF5D\uFF63";
  private static final String OPENING =
      "\"'([{\u201C\u2018\u201E\u201A\u00AB\u2039\u300C\u300E\u3010\u300A\u3008\u3014\uFF08\uFF3B\uFF5B\uFF62\u00BF\u00A1";

  private ScriptRules() {}

  /** Whether a character is of a script in which words follow each other without spaces. */
  public static boolean isUnspaced(int character) {
    return character >= FIRST_UNSPACED && UNSPACED.contains(UnicodeScript.of(character));
  }

  /** Whether a character ends a sentence, whatever follows. */
  public static boolean isSentenceEnd(char character) {
    return character >= 128 && SENTENCE_ENDS.indexOf(character) >= 0;
  }

  /** Whether a character closes a quotation or a bracket. */
  public static boolean isClosing(char character) {
    return CLOSING.indexOf(character) >= 0;
  }

  /** Whether a character opens a quotation or a bracket. */
  public static boolean isOpening(char character) {
    return OPENING.indexOf(character) >= 0;
  }

  /** Whether zero-width joiners are part of the spelling, as they are not in European scripts. */
  static boolean hasJoiners(int character) {
    return character >= 0x0590 && Character.isLetter(character);
  }

  /** Whether a zero-width non-joiner divides words: Persian writes suffixes behind it. */
  static boolean dividesAtNonJoiner(int character) {
    return character >= 0x0600 && UnicodeScript.of(character) == ARABIC;
  }
}
