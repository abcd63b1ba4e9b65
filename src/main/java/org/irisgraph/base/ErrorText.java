package org.irisgraph.base;

/** Shortens the messages that are kept, logged and shown. */
public final class ErrorText {

  private ErrorText() {}

  /**
   * Cuts a text to a number of characters, never inside a surrogate pair, and marks the cut with an
   * ellipsis.
   */
  public static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean insidePair = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, insidePair ? maxLength - 1 : maxLength) + "…";
  }
}
