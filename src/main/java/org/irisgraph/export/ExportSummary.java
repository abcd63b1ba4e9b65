package org.irisgraph.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an export has written.
 *
 * @param mentions the number of edges from documents to nodes
 * @param danglingRows edges, and entities of documents, that were left out since their nodes are
 *     missing
 * @param replacedCharacters characters that the format cannot represent
 * @param sizes the files with their sizes in bytes
 */
public record ExportSummary(
    long nodes,
    long edges,
    long documents,
    long mentions,
    long danglingRows,
    long replacedCharacters,
    Map<Path, Long> sizes) {

  /** The lines for the user. */
  public List<String> lines(ExportFormat format) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "exported %d nodes and %d edges, %d documents and %d mentions"
            .formatted(nodes, edges, documents, mentions));
    sizes.forEach(
        (file, size) -> lines.add(String.format(Locale.ROOT, "  %s  %,d bytes", file, size)));
    if (danglingRows > 0) {
      lines.add(
          "%d rows were left out since their nodes are missing: run graph --rebuild, and export again"
              .formatted(danglingRows));
    }
    if (replacedCharacters > 0) {
      lines.add(
          "%d characters that the format cannot represent were replaced with U+FFFD"
              .formatted(replacedCharacters));
    }
    lines.add(
        nodes == 0
            ? "the linked graph is empty: index documents with --linkEntities=nodes first"
            : format.nextStep(List.copyOf(sizes.keySet())));
    return lines;
  }
}
