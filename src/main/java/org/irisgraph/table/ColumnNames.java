package org.irisgraph.table;

import java.io.Serializable;

/**
 * Which columns mean what, by their names in any case.
 *
 * @param id that of the document's id, a plain identifier since rows are found by it
 * @param title may be missing if it is {@link #DEFAULT_TITLE}
 * @param metadata may be missing if it is {@link #DEFAULT_METADATA}
 */
public record ColumnNames(String id, String text, String title, String metadata)
    implements Serializable {

  public static final String DEFAULT_ID = "doc_id";
  public static final String DEFAULT_TEXT = "text_content";
  public static final String DEFAULT_TITLE = "title";
  public static final String DEFAULT_METADATA = "metadata";
}
