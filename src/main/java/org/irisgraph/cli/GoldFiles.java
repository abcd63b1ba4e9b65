package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.base.ErrorText;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.GoldFormatException;
import org.irisgraph.extract.gold.PubTator;
import org.irisgraph.options.UsageException;

/** Reads the annotated documents that a command is given. */
final class GoldFiles {

  private GoldFiles() {}

  /**
   * The documents of all files, in the order of the files.
   *
   * @throws UsageException if a file does not exist or is not in the format of PubTator
   * @throws IOException if a file cannot be read
   */
  static List<GoldDocument> read(List<Path> files) throws IOException {
    List<GoldDocument> documents = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new UsageException("gold file \"%s\" does not exist".formatted(file));
      }
      try {
        documents.addAll(PubTator.read(file));
      } catch (GoldFormatException e) {
        throw new UsageException(ErrorText.of(e));
      }
    }
    return documents;
  }
}
