package org.irisgraph.document;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table that is to be a document.
 *
 * @param title null if there is none
 * @param text null if there is none, and if it is too large to be read
 * @param tooLarge whether the text is larger than a document may be
 * @param metadata the text of the column that holds metadata, null if there is none; a JSON object
 *     gives its keys
 * @param fields the other columns' values in their order: JSON types, without nulls
 */
public record TableRow(
    @Nullable String title,
    @Nullable String text,
    boolean tooLarge,
    @Nullable String metadata,
    Map<String, Object> fields) {

  public TableRow {
    Objects.requireNonNull(fields, "fields");
  }

  /** A row of which the text alone is wanted. */
  public static TableRow ofText(@Nullable String text, boolean tooLarge) {
    return new TableRow(null, text, tooLarge, null, Map.of());
  }
}
