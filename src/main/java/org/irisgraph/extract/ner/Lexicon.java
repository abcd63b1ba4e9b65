package org.irisgraph.extract.ner;

import java.util.Collection;
import java.util.Set;
import org.irisgraph.base.LongToIntMap;

/** Finds known names in texts, as sequences of words. Only acronyms are case-sensitive. */
final class Lexicon {

  /** Names of more tokens are ignored. */
  private static final int LONGEST = 12;

  private static final int NONE = 0;
  private static final long PREFIX = FeatureHash.of("prefix");
  private static final long NAME = FeatureHash.of("name");
  private static final long HEAD = FeatureHash.of("head");
  private static final long PART = FeatureHash.of("part");

  private final LongToIntMap table = new LongToIntMap(1024);

  Lexicon(Collection<Entry> entries) {
    entries.forEach(this::add);
  }

  /** A name, and the number of training documents that have it. */
  record Entry(String name, int documents) {}

  /** Returns the spelling that equal names share. */
  static String spelling(String name) {
    TokenizedText tokens = TokenizedText.of(name);
    StringBuilder spelling = new StringBuilder();
    for (int token = 0; token < tokens.size(); token++) {
      spelling.append(token > 0 && tokens.gap(token) != TokenizedText.JOINED ? " " : "");
      spelling.append(tokens.word(token).name());
    }
    return spelling.toString();
  }

  /** Returns the key that names with the same {@link #spelling} share. */
  static long key(String name) {
    TokenizedText tokens = TokenizedText.of(name);
    long hash = 0;
    for (int token = 0; token < tokens.size(); token++) {
      hash = FeatureHash.of(hash, tokens.word(token).nameHash());
    }
    return FeatureHash.of(NAME, hash);
  }

  boolean contains(String name) {
    return table.get(key(name)) > 0;
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
      table.put(prefix(hash), 1);
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

  /** Number of names that end with a word, on a scale of powers of two: 0, 1, 2 to 3, 4 to 7, … */
  int namesThatEndWith(Word word) {
    return magnitude(table.get(FeatureHash.of(HEAD, word.lowerHash())));
  }

  /** Number of names that contain a word, on the same scale. */
  int namesWith(Word word) {
    return magnitude(table.get(FeatureHash.of(PART, word.lowerHash())));
  }

  private static int magnitude(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count);
  }

  /**
   * Returns for each token 0, or 1 plus its position in a name. Of overlapping names the leftmost
   * counts, and of those with the same start the longest.
   *
   * @param own keys of the names of a training document, whose number of documents is reduced by
   *     one, so that they are not known from this document alone
   */
  byte[] find(TokenizedText tokens, Set<Long> own) {
    byte[] places = new byte[tokens.size()];
    // Most words start no name, and words repeat: each is looked up once.
    boolean[] seen = new boolean[tokens.words().size()];
    boolean[] starts = new boolean[seen.length];
    int token = 0;
    while (token < tokens.size()) {
      int word = tokens.wordOf(token);
      if (!seen[word]) {
        seen[word] = true;
        starts[word] = table.get(prefix(FeatureHash.of(0, tokens.word(token).nameHash()))) != 0;
      }
      int end = starts[word] ? longest(tokens, token, own) : NONE;
      if (end == NONE) {
        token++;
      } else {
        mark(places, token, end);
        token = end;
      }
    }
    return places;
  }

  private static long prefix(long hash) {
    return FeatureHash.of(PREFIX, hash);
  }

  /** Returns the token after the longest name that starts here. */
  private int longest(TokenizedText tokens, int first, Set<Long> own) {
    int end = NONE;
    long hash = 0;
    for (int token = first; token < tokens.size(); token++) {
      hash = FeatureHash.of(hash, tokens.word(token).nameHash());
      if (table.get(prefix(hash)) == 0) {
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
