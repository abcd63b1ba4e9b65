package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The totals of one run, from the ledger.
 *
 * @param incomplete documents that were begun and not finished, left by a failed run only
 * @param stored rows that this run stored
 * @param notStored rows that this run rejected
 * @param metadataKeysCut keys of metadata that did not fit their column
 * @param relationshipsDropped relationships over the limit of their sentence
 * @param withoutEntities indexed documents, earlier ones among them, that have no entity
 */
@JsonPropertyOrder({"read", "documents", "incomplete", "stored", "notStored"})
public record RunTotals(
    @JsonUnwrapped Documents documents,
    long incomplete,
    @JsonUnwrapped(suffix = "Rows") Rows stored,
    @JsonUnwrapped(suffix = "RowsRejected") Rows notStored,
    long metadataKeysCut,
    long relationshipsDropped,
    long withoutEntities) {

  /** Of a run that has settled nothing. */
  public static final RunTotals NONE =
      new RunTotals(new Documents(0, 0, 0, 0, 0), 0, Rows.NONE, Rows.NONE, 0, 0, 0);

  /**
   * Documents and unreadable places.
   *
   * @param indexed written by this run, with all rows
   * @param unchanged in the tables already
   * @param partial in the tables without some of their rows
   * @param rejected not in the tables
   * @param stale unreadable now, with an earlier version in the tables
   */
  @JsonPropertyOrder({"indexed", "unchanged", "partial", "rejected", "stale"})
  public record Documents(long indexed, long unchanged, long partial, long rejected, long stale) {

    /** All that were read. */
    public long read() {
      return indexed + unchanged + partial + rejected + stale;
    }

    /** Those that this run wrote. */
    public long written() {
      return indexed + partial;
    }

    /** In plain digits, for who searches logs. */
    @Override
    public String toString() {
      return "%d documents read: %d indexed, %d unchanged, %d partial, %d rejected, %d stale"
          .formatted(read(), indexed, unchanged, partial, rejected, stale);
    }
  }

  /**
   * Rows by table.
   *
   * @param document those of the table of documents
   */
  @JsonPropertyOrder({"document", "entity", "relationship"})
  public record Rows(long document, long entity, long relationship) {
    static final Rows NONE = new Rows(0, 0, 0);
  }

  /** Documents and unreadable places. */
  @JsonProperty
  public long read() {
    return documents.read();
  }

  /** The passages among the rows of documents: all but one of each document. */
  public long passages() {
    return Math.max(0, stored.document() - documents.written() - incomplete);
  }
}
