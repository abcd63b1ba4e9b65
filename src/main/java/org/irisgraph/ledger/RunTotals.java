package org.irisgraph.ledger;

/**
 * The totals of one run, from the ledger.
 *
 * @param read documents and unreadable places: the sum of the next five
 * @param indexed written by this run, with all rows
 * @param unchanged in the tables already
 * @param partial in the tables without some of their rows
 * @param rejected not in the tables
 * @param stale unreadable now, with an earlier version in the tables
 * @param incomplete begun and not finished, left by a failed run only
 * @param documentRows rows that this run stored in the table of documents
 * @param entityRows the same for entities
 * @param relationshipRows the same for relationships
 * @param documentRowsRejected rows that this run did not store
 * @param entityRowsRejected the same for entities
 * @param relationshipRowsRejected the same for relationships
 * @param metadataKeysCut keys of metadata that did not fit their column
 * @param relationshipsDropped relationships over the limit of their sentence
 * @param withoutEntities indexed documents, earlier ones among them, that have no entity
 */
public record RunTotals(
    long read,
    long indexed,
    long unchanged,
    long partial,
    long rejected,
    long stale,
    long incomplete,
    long documentRows,
    long entityRows,
    long relationshipRows,
    long documentRowsRejected,
    long entityRowsRejected,
    long relationshipRowsRejected,
    long metadataKeysCut,
    long relationshipsDropped,
    long withoutEntities) {

  /** Of a run that has settled nothing. */
  public static final RunTotals NONE =
      new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The passages among the rows of documents: all but one of each document. */
  public long passages() {
    return Math.max(0, documentRows - indexed - partial - incomplete);
  }
}
