package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.irisgraph.base.ErrorText;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.GoldFile;
import org.irisgraph.extract.gold.GoldFormatException;
import org.irisgraph.options.UsageException;

/** Reads the annotated documents that a command is given. */
final class GoldFiles {

  private GoldFiles() {}

  /**
   * The documents of each file, in the order of the files.
   *
   * @param types types of the names to keep; empty for all
   * @throws UsageException if a file does not exist or is malformed
   * @throws IOException if a file cannot be read
   */
  static List<List<GoldDocument>> read(List<Path> files, Set<String> types) throws IOException {
    List<List<GoldDocument>> documents = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new UsageException("gold file \"%s\" does not exist".formatted(file));
      }
      try {
        documents.add(
            GoldFile.read(file).stream()
                .map(document -> types.isEmpty() ? document : document.withTypes(types))
                .toList());
      } catch (GoldFormatException e) {
        throw new UsageException(ErrorText.of(e));
      }
    }
    return documents;
  }
}
