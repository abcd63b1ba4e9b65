package org.irisgraph.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides how a superscript joins what is before it, once it is plain text. */
public enum RaisedText {

  /** As it is: part of an ion ({@code Ca2+}), an ordinal ({@code 1st}). */
  JOINED(""),

  /** A mark that refers to a note or a reference, after a space: {@code asthma 4}. */
  MARK(" "),

  /** An exponent: {@code 10^6}, {@code m^2}. */
  POWER("^");

  /** Characters before a superscript that {@link #after} looks at. */
  public static final int LOOK_BEHIND = 16;

  private static final Pattern NUMBER =
      Pattern.compile("[+\\-\u2212\u2013]?\\d+(?:[.,]\\d+)?|[a-z]");

  /** Numbers and ranges of references, letters and signs of notes. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\(?(?:\\d{1,3}|[a-z])(?:\\s*[,;\\-\u2013\u2014]\\s*(?:\\d{1,3}|[a-z]))*\\)?"
              + "|[*\u2020\u2021\u00a7\u00b6#\u2016]+");

  private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}\\p{M}]+$");

  /** Symbols of units and variables, which are squared and cubed, have so many letters at most. */
  private static final int LONGEST_SYMBOL = 2;

  private final String separator;

  RaisedText(String separator) {
    this.separator = separator;
  }

  /** What is written before the superscript. */
  public String separator() {
    return separator;
  }

  /**
   * How a superscript is written.
   *
   * @param before the last characters before it; empty if there is white space before it
   * @param raised its text
   * @param isLink whether it refers to something by a link
   */
  public static RaisedText after(CharSequence before, String raised, boolean isLink) {
    if (before.isEmpty() || raised.isBlank()) {
      return JOINED;
    }
    char last = before.charAt(before.length() - 1);
    if (isLink) {
      return Character.isLetterOrDigit(last) ? MARK : JOINED;
    }
    if (Character.isDigit(last)) {
      return NUMBER.matcher(raised).matches() && !isLetterOfName(before, raised) ? POWER : JOINED;
    }
    if (!REFERENCE.matcher(raised).matches()) {
      return JOINED;
    }
    Matcher word = LAST_WORD.matcher(before);
    if (!word.find()) {
      return ".!?)".indexOf(last) >= 0 ? MARK : JOINED;
    }
    boolean squared = raised.equals("2") || raised.equals("3");
    return squared && word.group().length() <= LONGEST_SYMBOL ? POWER : MARK;
  }

  /** A letter after a name that ends in a digit ({@code CD4a}) is no exponent. */
  private static boolean isLetterOfName(CharSequence before, String raised) {
    int start = before.length();
    while (start > 0 && ".,0123456789".indexOf(before.charAt(start - 1)) >= 0) {
      start--;
    }
    return Character.isLetter(raised.charAt(0))
        && start > 0
        && Character.isLetter(before.charAt(start - 1));
  }
}
