package org.irisgraph.graphrag;

import java.io.Serializable;
import java.util.Objects;

/**
 * The ledger as one run sees it.
 *
 * @param table {@code SCHEMA.DocumentLedger}
 * @param pipeline the name of the pipeline, whose documents are its own
 * @param runId the run
 * @param fingerprint SHA-256 over all settings that decide what is extracted
 */
public record LedgerSettings(String table, String pipeline, String runId, String fingerprint)
    implements Serializable {

  public LedgerSettings {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }
}
