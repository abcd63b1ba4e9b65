package org.irisgraph.report;

/**
 * A run's progress, from the ledger.
 *
 * @param read documents seen so far, whatever became of them
 * @param indexed documents stored, the partial ones among them
 * @param unchanged documents that were stored before
 * @param rejected documents that are not stored
 */
public record Progress(long read, long indexed, long unchanged, long rejected) {

  public static final Progress NONE = new Progress(0, 0, 0, 0);
}
