package org.irisgraph.linked;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.jdbc.Row;
import org.irisgraph.linked.PublishedDocuments.Description;
import org.jspecify.annotations.Nullable;

/**
 * A node or document with the rows that it should have. A row's name, which is unique within its
 * subject, is {@code n} for the node, {@code l LABEL}, {@code p KEY} for a property, {@code d} for
 * the text of a document.
 *
 * @param id the id of its node
 * @param document the document's id, null for a node
 * @param rows the values of rows by their names; empty if the subject is gone
 */
record PublishedSubject(String id, @Nullable String document, Map<String, @Nullable String> rows) {

  static final String NODE = "n";
  static final String LABEL = "l ";
  static final String PROPERTY = "p ";
  static final String TEXT = "d";

  /** The label of documents; those of nodes are their types. */
  private static final String DOCUMENT = "Document";

  /** The most other spellings of a name that are published. */
  static final int MOST_ALIASES = 20;

  static PublishedSubject gone(PublishedRecord record) {
    return gone(record.nodeId(), record.document());
  }

  static PublishedSubject gone(String id, @Nullable String document) {
    return new PublishedSubject(id, document, Map.of());
  }

  static PublishedSubject of(String id, NodeTotals node) {
    // Key, name, type, concept, documents, mentions.
    Row row = node.row();
    Map<String, @Nullable String> rows = new LinkedHashMap<>();
    rows.put(NODE, null);
    if (row.get(2) != null) {
      rows.put(LABEL + row.text(2), null);
    }
    rows.put(PROPERTY + "name", row.text(1));
    rows.put(PROPERTY + "documents", String.valueOf(row.number(4)));
    rows.put(PROPERTY + "mentions", String.valueOf(row.number(5)));
    if (row.get(3) != null) {
      rows.put(PROPERTY + "concept", row.text(3));
    }
    List<String> aliases = node.otherNames(MOST_ALIASES);
    if (!aliases.isEmpty()) {
      rows.put(PROPERTY + "aliases", String.join(" | ", aliases));
    }
    return new PublishedSubject(id, null, rows);
  }

  static PublishedSubject of(String id, String document, @Nullable Description described) {
    Map<String, @Nullable String> rows = new LinkedHashMap<>();
    String title = described == null ? null : described.title();
    rows.put(NODE, null);
    rows.put(LABEL + DOCUMENT, null);
    rows.put(PROPERTY + "id", document);
    rows.put(PROPERTY + "name", title == null ? document : title);
    if (title != null) {
      rows.put(PROPERTY + "title", title);
    }
    if (described != null && described.text() != null) {
      rows.put(TEXT, described.text());
    }
    return new PublishedSubject(id, document, rows);
  }
}
