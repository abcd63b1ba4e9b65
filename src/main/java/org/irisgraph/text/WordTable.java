package org.irisgraph.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.base.BundledTable;

/** The bundled tables of words, each with its replacement. */
final class WordTable {

  private WordTable() {}

  /** The second column by the first, in the order of the file. */
  static Map<String, String> read(String file) {
    Map<String, String> words = new LinkedHashMap<>();
    BundledTable.rows(WordTable.class, file).forEach(columns -> words.put(columns[0], columns[1]));
    return words;
  }
}
