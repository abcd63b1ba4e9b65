package org.irisgraph.ledger;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.jdbc.KeyComparison;

/**
 * The ledger as one run sees it.
 *
 * @param table {@code SCHEMA.DocumentLedger}
 * @param pipeline the name of the pipeline, which owns its documents
 * @param runId the id of the run
 * @param fingerprint what the run makes documents with
 */
public record LedgerSettings(String table, String pipeline, String runId, Fingerprint fingerprint)
    implements Serializable {

  public LedgerSettings {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }

  /** The ledger of a run that computes no vectors. */
  public LedgerSettings(String table, String pipeline, String runId, String extraction) {
    this(table, pipeline, runId, Fingerprint.of(extraction));
  }

  /**
   * The key of a document, see {@link LedgerKeys#document}. Ids that differ in case or in white
   * space at the end are one on IRIS, and therefore everywhere: the result of a run does not depend
   * on the database.
   */
  String documentKey(String documentId) {
    return LedgerKeys.document(KeyComparison.fold(documentId));
  }
}
