package org.irisgraph.extract.gold;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rebuilds a text from its tokens. Files of tokens do not say where white space was, so it is put
 * where English has it: not before punctuation that ends something, not after what opens something,
 * not around a hyphen or slash, nor before {@code 's} and {@code n't}.
 */
final class JoinedTokens {

  private static final String CLOSING = ",.;:!?)]}%»”";
  private static final String OPENING = "([{$£€#@«“";
  private static final String JOINING = "-/‐‑";
  private static final Pattern CLITIC =
      Pattern.compile("(?:['’](?:s|ll|re|ve|d|m|t)|n['’]t)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> BRACKETS = Set.of("-LRB-", "-RRB-", "-LSB-", "-RSB-");
  private static final String SENTENCE_ENDS = ".!?:;\"'”’)";

  private final StringBuilder text = new StringBuilder();

  /** Whether no white space follows the last token. */
  private boolean joinsNext = true;

  private boolean inQuotes;

  /** Adds a token and returns the offset of its first character. */
  int add(String token) {
    String written = written(token);
    boolean isQuote = written.equals("\"");
    boolean joinsLast = isQuote ? inQuotes : joinsLast(written);
    if (text.length() > 0 && !joinsNext && !joinsLast) {
      text.append(' ');
    }
    int start = text.length();
    text.append(written);
    if (isQuote) {
      inQuotes = !inQuotes;
      joinsNext = inQuotes;
    } else {
      joinsNext = joinsNext(written);
    }
    return start;
  }

  /** Offset after the last character. */
  int end() {
    return text.length();
  }

  /** Ends a sentence; without a full stop it is a heading or an item of a list on its own line. */
  void endSentence() {
    if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
      boolean stop = SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
      text.append(stop ? ' ' : '\n');
    }
    joinsNext = true;
    inQuotes = false;
  }

  String text() {
    return text.toString().stripTrailing();
  }

  private static String written(String token) {
    if (token.equals("``") || token.equals("''")) {
      return "\"";
    }
    if (BRACKETS.contains(token)) {
      return String.valueOf(
          "()[]".charAt(2 * (token.charAt(2) == 'S' ? 1 : 0) + (token.charAt(1) == 'R' ? 1 : 0)));
    }
    return token;
  }

  private boolean joinsLast(String token) {
    char first = token.charAt(0);
    return CLOSING.indexOf(first) >= 0
        || isJoining(token)
        || token.equals("'")
        || CLITIC.matcher(token).matches();
  }

  private static boolean joinsNext(String token) {
    char last = token.charAt(token.length() - 1);
    return OPENING.indexOf(last) >= 0
        || isJoining(token)
        || (token.length() == 2 && last == '"' && OPENING.indexOf(token.charAt(0)) >= 0);
  }

  private static boolean isJoining(String token) {
    return token.length() == 1 && JOINING.indexOf(token.charAt(0)) >= 0;
  }
}
