package org.irisgraph.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the bundled tables of words: a header, then lines of two columns. */
final class WordTable {

  private WordTable() {}

  /** The second column by the first, in the order of the file. */
  static Map<String, String> read(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(WordTable.class.getResourceAsStream(file)), UTF_8))) {
      Map<String, String> words = new LinkedHashMap<>();
      lines
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(columns -> words.put(columns[0], columns[1]));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + file, e);
    }
  }
}
