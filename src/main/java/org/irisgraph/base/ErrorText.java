package org.irisgraph.base;

import java.util.regex.Pattern;

/** Shortens the messages that are kept, logged and shown. */
public final class ErrorText {

  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\u202A-\u202E\u2066-\u2069]");

  private ErrorText() {}

  /** The message of an exception, or the name of its class if it has none. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getName() : message;
  }

  /**
   * Replaces what a terminal would obey: control characters, and orders to write from the right.
   */
  public static String printable(String text) {
    return OBEYED.matcher(text).replaceAll("\uFFFD");
  }

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
