package org.irisgraph.table;

import java.io.Serializable;

/**
 * The names of the columns that a document is made of, without regard to case.
 *
 * @param id the column of the document's id, by which rows are found
 * @param title its column may be missing if it is {@link #DEFAULT_TITLE}
 * @param metadata its column may be missing if it is {@link #DEFAULT_METADATA}
 */
public record ColumnNames(String id, String text, String title, String metadata)
    implements Serializable {

  public static final String DEFAULT_ID = "doc_id";
  public static final String DEFAULT_TEXT = "text_content";
  public static final String DEFAULT_TITLE = "title";
  public static final String DEFAULT_METADATA = "metadata";
}
