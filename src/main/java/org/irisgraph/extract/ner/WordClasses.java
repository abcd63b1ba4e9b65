package org.irisgraph.extract.ner;

import java.util.List;
import java.util.regex.Pattern;
import org.irisgraph.base.LongToIntMap;

/**
 * Classes of words with similar use, such as towns, first names or months, at one or several levels
 * of detail. What is learned from a word is learned for those of its class, too.
 */
final class WordClasses {

  private static final Pattern LINE = Pattern.compile("[^\t]+(?:\t\\d{1,9})+");

  private final LongToIntMap rows;
  private final int levels;
  private final int[] classes;

  /**
   * @param lines a word in lower case and its class at each level, separated by tabs
   */
  WordClasses(List<String> lines) {
    rows = new LongToIntMap(lines.size());
    levels = lines.isEmpty() ? 0 : lines.get(0).split("\t", -1).length - 1;
    classes = new int[(lines.size() + 1) * levels];
    int row = 0;
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      if (columns.length != levels + 1 || !LINE.matcher(line).matches()) {
        throw new IllegalArgumentException(
            "classes of words: expected a word and numbers, as many in each line, not \"%s\""
                .formatted(line));
      }
      row++;
      rows.put(FeatureHash.of(columns[0]), row);
      for (int level = 0; level < levels; level++) {
        classes[row * levels + level] = Integer.parseInt(columns[level + 1]);
      }
    }
  }

  /** Number of levels; 0 if there are no classes. */
  int levels() {
    return levels;
  }

  /** Number that words of the same class share; 0 if the word has none. */
  long of(Word word, int level) {
    int row = rows.get(word.lowerHash());
    return row == 0 ? 0 : 1 + classes[row * levels + level];
  }
}
