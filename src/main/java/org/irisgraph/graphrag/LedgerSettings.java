package org.irisgraph.graphrag;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.jdbc.KeyComparison;

/**
 * The ledger as one run sees it.
 *
 * @param table {@code SCHEMA.DocumentLedger}
 * @param pipeline the name of the pipeline, whose documents are its own
 * @param runId the run
 * @param fingerprint SHA-256 over all settings that decide what is extracted
 * @param ignoresCase whether document ids that differ in case alone are one id to the database
 */
public record LedgerSettings(
    String table, String pipeline, String runId, String fingerprint, boolean ignoresCase)
    implements Serializable {

  public LedgerSettings {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }

  /** The key of a document, see {@link LedgerKeys#document}. */
  String documentKey(String documentId) {
    return LedgerKeys.document(ignoresCase ? KeyComparison.fold(documentId) : documentId);
  }
}
