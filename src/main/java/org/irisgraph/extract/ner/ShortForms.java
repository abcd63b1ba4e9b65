package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.extract.Abbreviation;
import org.irisgraph.extract.Abbreviations;

/**
 * Features of abbreviations: all occurrences of a short form get features of its long form, and the
 * tokens of the long form get a feature of having a short form.
 */
final class ShortForms {

  private static final long IS_SHORT = FeatureHash.of("short form");
  private static final long IS_LONG = FeatureHash.of("long form");
  private static final long HEAD = FeatureHash.of("head of long form");
  private static final long HEAD_SUFFIX = FeatureHash.of("suffix of head of long form");
  private static final long WORD = FeatureHash.of("word of long form");
  private static final long SUFFIX = FeatureHash.of("suffix in long form");
  private static final long TERMS = FeatureHash.of("long form ends terms");

  private final Map<Integer, long[]> features = new HashMap<>();

  private ShortForms() {}

  static ShortForms of(TokenizedText tokens, Lexicon terms) {
    ShortForms forms = new ShortForms();
    // By the first word of a short form, so that one pass over the text finds them all.
    Map<Integer, List<Definition>> byFirstWord = new HashMap<>();
    for (Abbreviation abbreviation : Abbreviations.find(tokens.text())) {
      int first = tokens.tokenAt(abbreviation.shortForm().start());
      int end = tokens.tokenAt(abbreviation.shortForm().end());
      int longFirst = tokens.tokenAt(abbreviation.longForm().start());
      int longEnd = tokens.tokenAt(abbreviation.longForm().end());
      if (first < end && longFirst < longEnd) {
        byFirstWord
            .computeIfAbsent(tokens.wordOf(first), word -> new ArrayList<>())
            .add(new Definition(first, end, of(tokens, longFirst, longEnd, terms)));
        for (int token = longFirst; token < longEnd; token++) {
          forms.features.put(
              token, new long[] {FeatureHash.of(IS_LONG, token == longEnd - 1 ? 1 : 0)});
        }
      }
    }
    forms.mark(tokens, byFirstWord);
    return forms;
  }

  /** The tokens of a short form in its definition, and the features of its occurrences. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Definition(int first, int end, long[] features) {}

  void add(int token, LongList list) {
    long[] own = features.get(token);
    if (own != null) {
      list.addAll(own);
    }
  }

  private void mark(TokenizedText tokens, Map<Integer, List<Definition>> byFirstWord) {
    if (byFirstWord.isEmpty()) {
      return;
    }
    for (int token = 0; token < tokens.size(); token++) {
      for (Definition form : byFirstWord.getOrDefault(tokens.wordOf(token), List.of())) {
        if (isAt(tokens, token, form)) {
          for (int at = 0; at < form.end() - form.first(); at++) {
            features.putIfAbsent(token + at, form.features());
          }
        }
      }
    }
  }

  private static boolean isAt(TokenizedText tokens, int token, Definition form) {
    int length = form.end() - form.first();
    if (token + length > tokens.size()) {
      return false;
    }
    for (int at = 1; at < length; at++) {
      if (tokens.wordOf(token + at) != tokens.wordOf(form.first() + at)) {
        return false;
      }
    }
    return true;
  }

  private static long[] of(TokenizedText tokens, int first, int end, Lexicon terms) {
    LongList list = new LongList();
    Word head = tokens.word(end - 1);
    list.add(IS_SHORT);
    list.add(FeatureHash.of(HEAD, head.lowerHash()));
    list.add(FeatureHash.of(HEAD_SUFFIX, suffix(head, 3)));
    list.add(FeatureHash.of(HEAD_SUFFIX, suffix(head, 4)));
    list.add(FeatureHash.of(TERMS, terms.namesThatEndWith(head)));
    for (int token = first; token < end; token++) {
      Word word = tokens.word(token);
      list.add(FeatureHash.of(WORD, word.lowerHash()));
      if (word.isLetters()) {
        list.add(FeatureHash.of(SUFFIX, suffix(word, 3)));
      }
    }
    return list.toArray();
  }

  private static long suffix(Word word, int length) {
    String lower = word.lower();
    return FeatureHash.of(lower, Math.max(0, lower.length() - length), lower.length());
  }
}
