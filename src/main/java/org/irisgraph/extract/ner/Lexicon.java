package org.irisgraph.extract.ner;

import java.util.Collection;
import java.util.Set;

/**
 * Names that are known beforehand, as sequences of words in any case but that of acronyms, and
 * where they are in a text.
 */
final class Lexicon {

  /** A name of more words is left out. */
  private static final int LONGEST = 12;

  private static final int NONE = 0;
  private static final long PREFIX = FeatureHash.of("prefix");
  private static final long NAME = FeatureHash.of("name");
  private static final long HEAD = FeatureHash.of("head");
  private static final long PART = FeatureHash.of("part");

  private final LongToIntMap table = new LongToIntMap(1024);

  /** In how many documents a name is, at most; lexicons without documents count 1. */
  Lexicon(Collection<Entry> entries) {
    entries.forEach(this::add);
  }

  /** A name, and in how many documents of the training it is. */
  record Entry(String name, int documents) {}

  /** The spelling that equal names share. */
  static String spelling(String name) {
    TokenizedText tokens = TokenizedText.of(name);
    StringBuilder spelling = new StringBuilder();
    for (int token = 0; token < tokens.size(); token++) {
      spelling.append(token > 0 && tokens.gap(token) != TokenizedText.JOINED ? " " : "");
      spelling.append(tokens.word(token).name());
    }
    return spelling.toString();
  }

  /** What stands for a name and all that are spelled alike. */
  static long key(String name) {
    TokenizedText tokens = TokenizedText.of(name);
    long hash = 0;
    for (int token = 0; token < tokens.size(); token++) {
      hash = FeatureHash.of(hash, tokens.word(token).nameHash());
    }
    return FeatureHash.of(NAME, hash);
  }

  private void add(Entry entry) {
    TokenizedText tokens = TokenizedText.of(entry.name());
    if (tokens.size() == 0 || tokens.size() > LONGEST) {
      return;
    }
    long hash = 0;
    for (int token = 0; token < tokens.size(); token++) {
      Word word = tokens.word(token);
      hash = FeatureHash.of(hash, word.nameHash());
      table.put(FeatureHash.of(PREFIX, hash), 1);
      if (word.isLetters()) {
        increase(FeatureHash.of(PART, word.lowerHash()));
      }
    }
    table.put(FeatureHash.of(NAME, hash), entry.documents());
    increase(FeatureHash.of(HEAD, tokens.word(tokens.size() - 1).lowerHash()));
  }

  private void increase(long key) {
    table.put(key, table.get(key) + 1);
  }

  /** How many names end with the word, in powers of two: 0 for none, 1 for one, 2 for two, … */
  int namesThatEndWith(Word word) {
    return magnitude(table.get(FeatureHash.of(HEAD, word.lowerHash())));
  }

  /** How many names have the word, in powers of two. */
  int namesWith(Word word) {
    return magnitude(table.get(FeatureHash.of(PART, word.lowerHash())));
  }

  private static int magnitude(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count);
  }

  /**
   * For each token 0, or 1 and its place in the name it is in; the leftmost names count, of these
   * the longest.
   *
   * @param own the {@link #key} of names that count in one document less: those of a training
   *     document must not be known from it alone, as those of a new document are not
   */
  byte[] find(TokenizedText tokens, Set<Long> own) {
    byte[] places = new byte[tokens.size()];
    int token = 0;
    while (token < tokens.size()) {
      int end = longest(tokens, token, own);
      if (end == NONE) {
        token++;
      } else {
        mark(places, token, end);
        token = end;
      }
    }
    return places;
  }

  /** The token after the longest name that begins here. */
  private int longest(TokenizedText tokens, int first, Set<Long> own) {
    int end = NONE;
    long hash = 0;
    for (int token = first; token < tokens.size(); token++) {
      hash = FeatureHash.of(hash, tokens.word(token).nameHash());
      if (table.get(FeatureHash.of(PREFIX, hash)) == 0) {
        break;
      }
      long key = FeatureHash.of(NAME, hash);
      if (table.get(key) > (own.contains(key) ? 1 : 0)) {
        end = token + 1;
      }
    }
    return end;
  }

  private static void mark(byte[] places, int first, int end) {
    if (end == first + 1) {
      places[first] = 1 + Tags.UNIT;
      return;
    }
    for (int token = first; token < end; token++) {
      places[token] = 1 + Tags.INSIDE;
    }
    places[first] = 1 + Tags.BEGIN;
    places[end - 1] = 1 + Tags.LAST;
  }
}
