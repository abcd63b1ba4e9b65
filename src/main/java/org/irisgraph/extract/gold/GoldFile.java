package org.irisgraph.extract.gold;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads files of annotated documents, in the format that their beginning has: PubTator, columns of
 * tokens and tags (CoNLL, IOB), or the JSON of DocRED.
 */
public final class GoldFile {

  private static final int BEGINNING = 1 << 16;

  private GoldFile() {}

  /**
   * Returns the documents of a file.
   *
   * @throws GoldFormatException if it is malformed
   * @throws IOException if it cannot be read
   */
  public static List<GoldDocument> read(Path file) throws IOException {
    List<GoldDocument> documents;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String first = firstLine(reader);
      if (first.startsWith("[")) {
        documents = DocRed.read(file.toString(), reader);
      } else if (TokenColumns.isLine(first)) {
        documents = TokenColumns.read(file.toString(), reader);
      } else {
        return PubTator.read(file);
      }
    } catch (CharacterCodingException e) {
      throw new GoldFormatException(file + " is not UTF-8", e);
    }
    if (documents.isEmpty()) {
      throw new GoldFormatException(file + " has no documents");
    }
    return documents;
  }

  /** Returns the first line that is not blank, and leaves the reader at the beginning. */
  private static String firstLine(BufferedReader reader) throws IOException {
    reader.mark(BEGINNING);
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    while (next >= 0 && line.length() < BEGINNING - 1) {
      if (next == '\n' && !line.toString().isBlank()) {
        break;
      }
      line.append((char) next);
      next = reader.read();
    }
    reader.reset();
    if (line.indexOf("\ufeff") == 0) {
      reader.read();
    }
    return line.toString().replace("\ufeff", "").strip();
  }
}
