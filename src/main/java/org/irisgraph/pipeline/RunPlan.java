package org.irisgraph.pipeline;

import java.util.Map;
import org.irisgraph.document.SourceReader;
import org.irisgraph.extract.ExtractionSettings;
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

  static RunPlan of(IndexingOptions options, String runId, ExtractionSettings extraction) {
    return new RunPlan(
        options,
        connection(options),
        new GraphTables(options.getSchema()),
        new LedgerSettings(
            options.getLedgerSchema() + "." + LEDGER_TABLE,
            options.getPipeline(),
            runId,
            extraction.fingerprint()),
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
