package org.irisgraph.export;

import java.util.function.IntPredicate;
import org.irisgraph.graph.ContentHash;

/** Replaces the characters that a format cannot represent, and counts them. */
final class WritableText {

  private static final int REPLACEMENT = 0xFFFD;
  private static final int HASH_DIGITS = 16;

  private final IntPredicate inTexts;
  private final IntPredicate inIds;
  private long replaced;

  private WritableText(IntPredicate inTexts, IntPredicate inIds) {
    this.inTexts = inTexts;
    this.inIds = inIds;
  }

  /** All characters of Unicode, which halves of surrogate pairs are not. */
  static WritableText unicode() {
    return new WritableText(WritableText::isCharacter, WritableText::isCharacter);
  }

  /**
   * The characters of XML 1.0, section 2.2. An id is written as an attribute, in which a parser
   * turns tabs and line breaks into blanks.
   */
  static WritableText xml() {
    return new WritableText(WritableText::isXml, character -> character >= ' ' && isXml(character));
  }

  private static boolean isCharacter(int codePoint) {
    return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
  }

  private static boolean isXml(int codePoint) {
    return codePoint < ' '
        ? codePoint == '\t' || codePoint == '\n' || codePoint == '\r'
        : isCharacter(codePoint) && codePoint != 0xFFFE && codePoint != 0xFFFF;
  }

  String text(String text) {
    return replace(text, inTexts);
  }

  /** Ids stay different: one that changes ends with a hash of what it was. */
  String id(String id) {
    String written = replace(id, inIds);
    return written.equals(id) ? id : written + "#" + ContentHash.of(id).substring(0, HASH_DIGITS);
  }

  private String replace(String text, IntPredicate allowed) {
    if (text.codePoints().allMatch(allowed)) {
      return text;
    }
    StringBuilder written = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              boolean keeps = allowed.test(codePoint);
              written.appendCodePoint(keeps ? codePoint : REPLACEMENT);
              replaced += keeps ? 0 : 1;
            });
    return written.toString();
  }

  /** How many characters were replaced so far. */
  long replaced() {
    return replaced;
  }
}
