package org.irisgraph.report;

import org.jspecify.annotations.Nullable;

/**
 * A run's progress, from the ledger.
 *
 * @param read documents seen so far, whatever became of them
 * @param indexed documents stored, the partial ones among them
 * @param unchanged documents that were stored before
 * @param rejected documents that are not stored
 * @param waitsFor the work of the database that the run waits for, if it takes long
 */
public record Progress(
    long read, long indexed, long unchanged, long rejected, @Nullable String waitsFor) {

  public static final Progress NONE = new Progress(0, 0, 0, 0);

  public Progress(long read, long indexed, long unchanged, long rejected) {
    this(read, indexed, unchanged, rejected, null);
  }

  /** The same documents, while the run waits for the database. */
  public Progress waitingFor(@Nullable String work) {
    return new Progress(read, indexed, unchanged, rejected, work);
  }
}
