package org.irisgraph.extract.ner;

import java.util.Set;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.Span;

/** The places of a text that names never go on over. */
final class NameBounds {

  /** In characters; wrapped lines are longer. */
  private static final int SHORTEST_WRAPPED = 50;

  /** Shorter words before a full stop are often abbreviations. */
  private static final int SHORTEST_LAST_WORD = 4;

  /** White space between the columns of a table or layout, in characters; sentences have two. */
  private static final int SHORTEST_COLUMN_GAP = 3;

  /** Ends of cells in a line that make it a row of a table. */
  private static final int FEWEST_CELL_ENDS = 3;

  private static final Set<String> CELL_ENDS = Set.of(",", ";");

  private static final Set<String> BULLETS = Set.of("*", "-", "–", "•", "·", "▪", "◦", "‣", "●");

  private static final Set<String> ENDS_OF_TERMS = Set.of("?", "!");

  /** White space follows them; the shorthand of lipids has them within ({@code Cer 18:1;O2}). */
  private static final Set<String> ENDS_OF_TERMS_BEFORE_SPACE = Set.of(";", ":");

  /** Those of quoted mail and of markup. */
  private static final String MARKS = "<>";

  private static final Set<String> GREETINGS =
      Set.of("dear", "hello", "hey", "hi", "thanks", "regards", "cheers");

  private NameBounds() {}

  /**
   * Returns for each token whether the name of a person, organization or place may not go on over
   * the gap before it: at ends of sentences, of cells and rows of a table, and of short lines,
   * which are items of a list, headings or a signature rather than wrapped text; and around the
   * marks of quoted mail and of markup.
   */
  static boolean[] ofProperNames(TokenizedText tokens) {
    boolean[] bounds = new boolean[tokens.size()];
    for (Span sentence : SentenceSplitter.split(tokens.text())) {
      int token = tokens.tokenAt(sentence.start());
      if (token > 1 && token < bounds.length && endsSentence(tokens, token - 1)) {
        bounds[token] = true;
      }
    }
    for (int token = 1; token < bounds.length; token++) {
      bounds[token] |=
          isMark(tokens, token)
              || isMark(tokens, token - 1)
              || (tokens.gap(token) != TokenizedText.JOINED && isLabel(tokens, token - 1));
    }
    addEndsOfLines(tokens, bounds);
    return bounds;
  }

  /**
   * The same for terms, as those of medicine: around marks that end a question or a clause, and
   * between the items of a list in a line ({@code Ataxia - Fever}), as which a name with white
   * space around its hyphen is taken.
   */
  static boolean[] ofTerms(TokenizedText tokens) {
    boolean[] bounds = new boolean[tokens.size()];
    for (int token = 1; token < bounds.length; token++) {
      bounds[token] = endsTerm(tokens, token) || endsTerm(tokens, token - 1);
    }
    return bounds;
  }

  private static boolean endsTerm(TokenizedText tokens, int token) {
    String mark = tokens.word(token).text();
    boolean spaceFollows =
        token + 1 < tokens.size() && tokens.gap(token + 1) != TokenizedText.JOINED;
    return ENDS_OF_TERMS.contains(mark)
        || (ENDS_OF_TERMS_BEFORE_SPACE.contains(mark) && spaceFollows)
        || (BULLETS.contains(mark)
            && spaceFollows
            && tokens.gap(token) != TokenizedText.JOINED
            // In the name of a compound there are digits and brackets.
            && tokens.word(token + 1).isLetters()
            && (token == 0 || tokens.word(token - 1).isLetters()));
  }

  private static void addEndsOfLines(TokenizedText tokens, boolean[] bounds) {
    int line = 0;
    int cellEnds = 0;
    boolean afterRow = false;
    for (int token = 1; token <= bounds.length; token++) {
      if (tokens.gap(token) == TokenizedText.LINE_END) {
        boolean row = cellEnds >= FEWEST_CELL_ENDS;
        if (line > 0) {
          bounds[line] |= row || afterRow;
        }
        if (token < bounds.length) {
          boolean item =
              BULLETS.contains(tokens.word(token).text())
                  && tokens.gap(token + 1) != TokenizedText.JOINED;
          bounds[token] |=
              item
                  || startsWithFigures(tokens, token)
                  || tokens.end(token - 1) - tokens.start(line) < SHORTEST_WRAPPED;
        }
        line = token;
        cellEnds = 0;
        afterRow = row;
      } else if (endsCell(tokens, token)) {
        bounds[token] = true;
        cellEnds++;
      }
    }
  }

  /** Whether a date in figures or a time is here ({@code 01/2011}, {@code 09:30}). */
  private static boolean startsWithFigures(TokenizedText tokens, int token) {
    return tokens.word(token).startsWithDigit()
        && tokens.isJoinedBy(token + 1, token + 1, "/.:-")
        && tokens.gap(token + 2) == TokenizedText.JOINED
        && tokens.word(token + 2).startsWithDigit();
  }

  /** Whether a cell ends before a token: at white space of columns, or beside its comma. */
  private static boolean endsCell(TokenizedText tokens, int token) {
    if (tokens.gap(token) != TokenizedText.JOINED) {
      int gap = tokens.start(token) - tokens.end(token - 1);
      return gap >= SHORTEST_COLUMN_GAP || tokens.text().charAt(tokens.end(token - 1)) == '\t';
    }
    return isCellComma(tokens, token) || isCellComma(tokens, token - 1);
  }

  /** Whether a token is a comma or semicolon without white space, and no part of a number. */
  private static boolean isCellComma(TokenizedText tokens, int token) {
    return token > 0
        && token + 1 < tokens.size()
        && CELL_ENDS.contains(tokens.word(token).text())
        && tokens.gap(token) == TokenizedText.JOINED
        && tokens.gap(token + 1) == TokenizedText.JOINED
        && (tokens.word(token - 1).isLetters() || tokens.word(token + 1).isLetters());
  }

  /** Whether a token ends a label ({@code Date:}) or is a greeting ({@code Dear}). */
  private static boolean isLabel(TokenizedText tokens, int token) {
    Word word = tokens.word(token);
    return (word.text().equals(":") && tokens.gap(token) == TokenizedText.JOINED)
        || GREETINGS.contains(word.lower());
  }

  private static boolean isMark(TokenizedText tokens, int token) {
    return MARKS.contains(tokens.word(token).text());
  }

  /**
   * Whether a token ends a sentence, and no abbreviation. After an acronym it does, unless the next
   * word is in capitals, too ({@code PTE. LTD.}).
   */
  private static boolean endsSentence(TokenizedText tokens, int last) {
    if (!tokens.word(last).text().equals(".") || tokens.gap(last) != TokenizedText.JOINED) {
      return true;
    }
    Word word = tokens.word(last - 1);
    boolean acronym =
        word.text().length() == SHORTEST_LAST_WORD - 1
            && word.isCapitals()
            && !tokens.word(last + 1).isCapitals();
    return acronym || !word.isLetters() || word.text().length() >= SHORTEST_LAST_WORD;
  }
}
