package org.irisgraph.text;

/**
 * Where words begin and end. Invisible characters are skipped. In scripts without spaces between
 * words ({@link ScriptRules#isUnspaced}), every position between two characters is a boundary.
 */
public final class WordBoundaries {

  private static final String NEGATION_PREFIX = "non";

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private WordBoundaries() {}

  /**
   * Whether a word that is not negated may begin at an index: a hyphen ends a word, so that {@code
   * cancer} occurs in {@code cancer-related}, but the word after {@code non-} is negated and does
   * not count ({@code non-Hodgkin lymphoma} is no Hodgkin lymphoma).
   */
  public static boolean isStart(CharSequence text, int index) {
    return isBoundary(text, index) && !isNegated(text, index);
  }

  /**
   * Whether a word may begin or end at an index, which is not inside a run of letters, digits and
   * combining marks.
   */
  public static boolean isBoundary(CharSequence text, int index) {
    int left = index;
    int before = -1;
    while (left > 0 && (before < 0 || CharacterClasses.isInvisible(before))) {
      before = Character.codePointBefore(text, left);
      left -= Character.charCount(before);
      if (before == ZERO_WIDTH_NON_JOINER
          && left > 0
          && ScriptRules.dividesAtNonJoiner(Character.codePointBefore(text, left))) {
        return true;
      }
    }
    if (before < 0
        || !CharacterClasses.isWordPart(before)
        || CharacterClasses.isInvisible(before)) {
      return true;
    }
    int right = index;
    int after = -1;
    while (right < text.length() && (after < 0 || CharacterClasses.isInvisible(after))) {
      after = Character.codePointAt(text, right);
      right += Character.charCount(after);
      if (after == ZERO_WIDTH_NON_JOINER && ScriptRules.dividesAtNonJoiner(before)) {
        return true;
      }
    }
    if (after < 0 || !CharacterClasses.isWordPart(after) || CharacterClasses.isInvisible(after)) {
      return true;
    }
    return !CharacterClasses.isContinuing(after)
        && (ScriptRules.isUnspaced(before) || ScriptRules.isUnspaced(after));
  }

  private static boolean isNegated(CharSequence text, int start) {
    int hyphen = start - 1;
    if (hyphen >= 0 && Character.isWhitespace(text.charAt(hyphen))) {
      hyphen = LineEndHyphen.before(text, start);
    }
    int prefix = hyphen - NEGATION_PREFIX.length();
    if (prefix < 0
        || !CharacterClasses.isHyphen(text.charAt(hyphen))
        || !isBoundary(text, prefix)) {
      return false;
    }
    for (int i = 0; i < NEGATION_PREFIX.length(); i++) {
      if (Character.toLowerCase(text.charAt(prefix + i)) != NEGATION_PREFIX.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
