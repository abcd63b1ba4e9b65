package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.document.SourceReader;
import org.irisgraph.extract.ExtractionSettings;
import org.irisgraph.extract.Extractors;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LedgerSettings;
import org.irisgraph.iris.ConnectionSettings;
import org.irisgraph.iris.PasswordReference;

/**
 * What the options mean for one run.
 *
 * @param metadataLength the most characters of a document's metadata that its column holds
 */
record RunPlan(
    IndexingOptions options,
    ConnectionSettings connection,
    GraphTables tables,
    LedgerSettings ledger,
    SourceReader reader,
    ExtractionSettings extraction,
    int metadataLength) {

  private static final String LEDGER_TABLE = "DocumentLedger";

  /**
   * Reads dictionaries and patterns once, so that what is wrong with them is told before the start.
   *
   * @throws UsageException if they are wrong
   */
  static RunPlan of(IndexingOptions options, String runId) throws IOException {
    ExtractionSettings extraction;
    String fingerprint;
    try {
      extraction =
          new ExtractionSettings(
              options.getExtractors(),
              Objects.requireNonNullElse(options.getDictionary(), ""),
              Objects.requireNonNullElse(options.getPatterns(), ""),
              options.getMaxRelationshipsPerSentence());
      fingerprint = Extractors.load(extraction, new FileSystemLoader()).fingerprint();
    } catch (IllegalArgumentException e) {
      throw new UsageException(List.of(e.getMessage()));
    }
    return new RunPlan(
        options,
        connection(options),
        new GraphTables(options.getSchema()),
        new LedgerSettings(
            options.getLedgerSchema() + "." + LEDGER_TABLE,
            options.getPipeline(),
            runId,
            fingerprint),
        new SourceReader(
            new FileSystemOpener(), options.getInputFormat(), options.getMaxDocumentBytes()),
        extraction,
        0);
  }

  RunPlan withMetadataLength(int length) {
    return new RunPlan(options, connection, tables, ledger, reader, extraction, length);
  }

  private static ConnectionSettings connection(IndexingOptions options) {
    return new ConnectionSettings(
        options.getJdbcUrl(),
        options.getJdbcUser(),
        PasswordReference.of(options.getJdbcPasswordFrom()),
        Map.of(),
        options.getWriters());
  }
}
