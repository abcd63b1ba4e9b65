package org.irisgraph.text;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How one character, with the marks that follow it, is compared: compatibility forms are replaced
 * (ligatures, full-width and half-width forms, letters of formulas), marks composed (NFKC), case
 * ignored by Unicode's simple mappings and no locale's; all dashes, apostrophes and quotation marks
 * are the same, all white space is a space, and invisible characters are removed.
 */
final class CharacterFolding {

  private static final int PAGE = 256;

  /** By the upper byte of a character: its folding, if that is one character or none. */
  private static final AtomicReferenceArray<char[]> PAGES = new AtomicReferenceArray<>(PAGE);

  /** In a page: the folding has several characters. */
  private static final char SEVERAL = '\uFFFF';

  /** In a page: the folding is empty. */
  private static final char NOTHING = '\uFFFE';

  private static final Map<Character, String> GREEK =
      Map.ofEntries(
          Map.entry('\u03B1', "alpha"),
          Map.entry('\u03B2', "beta"),
          Map.entry('\u03B3', "gamma"),
          Map.entry('\u03B4', "delta"),
          Map.entry('\u03B5', "epsilon"),
          Map.entry('\u03B6', "zeta"),
          Map.entry('\u03B7', "eta"),
          Map.entry('\u03B8', "theta"),
          Map.entry('\u03B9', "iota"),
          Map.entry('\u03BA', "kappa"),
          Map.entry('\u03BB', "lambda"),
          Map.entry('\u03BC', "mu"),
          Map.entry('\u03BD', "nu"),
          Map.entry('\u03BE', "xi"),
          Map.entry('\u03BF', "omicron"),
          Map.entry('\u03C0', "pi"),
          Map.entry('\u03C1', "rho"),
          Map.entry('\u03C3', "sigma"),
          Map.entry('\u03C4', "tau"),
          Map.entry('\u03C5', "upsilon"),
          Map.entry('\u03C6', "phi"),
          Map.entry('\u03C7', "chi"),
          Map.entry('\u03C8', "psi"),
          Map.entry('\u03C9', "omega"));

  private CharacterFolding() {}

  /** The folding of a character with its marks. */
  static String fold(String cluster) {
    if (cluster.length() == 1) {
      char only = cluster.charAt(0);
      char folded = page(only)[only % PAGE];
      if (folded != SEVERAL) {
        return folded == NOTHING ? "" : String.valueOf(folded);
      }
    }
    return computed(cluster, true);
  }

  /** The same without a change of case. */
  static String spelling(String cluster) {
    return computed(cluster, false);
  }

  /** The name of a folded Greek letter, or null. */
  static @Nullable String greekName(char folded) {
    return GREEK.get(folded);
  }

  /** The names of all Greek letters. */
  static Collection<String> greekNames() {
    return GREEK.values();
  }

  /** A spelling with the names of Greek letters for the letters, capitals as capitals. */
  static String withGreekNames(String spelling) {
    StringBuilder named = new StringBuilder(spelling.length());
    for (int i = 0; i < spelling.length(); i++) {
      char character = spelling.charAt(i);
      String name = greekName((char) lower(character));
      if (name == null) {
        named.append(character);
      } else {
        char first = name.charAt(0);
        named.append(Character.isUpperCase(character) ? Character.toUpperCase(first) : first);
        named.append(name, 1, name.length());
      }
    }
    return named.toString();
  }

  private static char[] page(char character) {
    int number = character / PAGE;
    char[] page = PAGES.get(number);
    if (page == null) {
      page = new char[PAGE];
      for (int i = 0; i < PAGE; i++) {
        String folded = computed(String.valueOf((char) (number * PAGE + i)), true);
        page[i] = folded.isEmpty() ? NOTHING : folded.length() > 1 ? SEVERAL : folded.charAt(0);
      }
      PAGES.set(number, page);
    }
    return page;
  }

  private static String computed(String cluster, boolean ignoreCase) {
    StringBuilder visible = new StringBuilder(cluster.length());
    cluster
        .codePoints()
        .filter(character -> !CharacterClasses.isInvisible(character))
        .map(CharacterFolding::punctuation)
        .forEach(visible::appendCodePoint);
    StringBuilder folded = new StringBuilder(visible.length());
    Normalizer.normalize(visible, Normalizer.Form.NFKC)
        .codePoints()
        .map(CharacterFolding::punctuation)
        .map(character -> ignoreCase ? lower(character) : character)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static int punctuation(int character) {
    if (CharacterClasses.isWhiteSpace(character)) {
      return ' ';
    }
    if (CharacterClasses.isHyphen(character)) {
      return '-';
    }
    if (CharacterClasses.isApostrophe(character)) {
      return '\'';
    }
    return CharacterClasses.isQuote(character) ? '"' : character;
  }

  /** Upper case first, as in String.equalsIgnoreCase, since some differ only in lower case. */
  private static int lower(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
