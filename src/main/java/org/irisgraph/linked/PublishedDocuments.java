package org.irisgraph.linked;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StreamedRows;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/** Reads what is published of documents: the nodes that they mention, titles, and texts. */
final class PublishedDocuments {

  /** The most characters of a text that are read. */
  private static final int TEXT = 4000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GraphTables tables;
  private final String mentions;
  private final boolean hasConfidence;
  private final List<String> columns;
  private final Comparator<String> keyOrder;

  private PublishedDocuments(
      GraphTables tables,
      LinkedTables linked,
      Comparator<String> keyOrder,
      TableShape documents,
      TableShape entities) {
    this.tables = tables;
    this.keyOrder = keyOrder;
    this.hasConfidence = entities.has("confidence");
    this.columns = new ArrayList<>(List.of("doc_id"));
    columns.add(
        documents.has("text_content")
            ? "SUBSTRING(text_content, 1, %s)".formatted(TEXT)
            : "doc_id");
    if (documents.has("metadata")) {
      columns.add("metadata");
    }
    this.mentions =
        "SELECT n.document_id, n.node_key, n.mentions%s FROM %s n JOIN %s e ON e.entity_id = n.entity_id"
            .formatted(
                hasConfidence ? ", e.confidence" : "", linked.entityNodes(), tables.entities());
  }

  static PublishedDocuments lookUp(
      Connection connection, GraphTables tables, LinkedTables linked, Comparator<String> keyOrder)
      throws SQLException {
    return new PublishedDocuments(
        tables,
        linked,
        keyOrder,
        TableShape.lookUp(connection, tables.documents()),
        TableShape.lookUp(connection, tables.entities()));
  }

  /** How often a document mentions a node, and the highest confidence of these entities. */
  record Mentions(long mentions, double confidence) {

    Mentions plus(Mentions other) {
      return new Mentions(mentions + other.mentions, Math.max(confidence, other.confidence));
    }
  }

  /** What a document is shown by. */
  record Description(@Nullable String title, @Nullable String text) {}

  /** The mentions of documents, by document and node. */
  Map<String, Map<String, Mentions>> mentions(Connection connection, List<NodeRange> ranges)
      throws SQLException {
    Map<String, Map<String, Mentions>> documents = new TreeMap<>(keyOrder);
    for (NodeRange range : ranges) {
      StreamedRows.forEach(
          connection,
          "%s WHERE %s".formatted(mentions, range.on("n.document_id")),
          range.parameters(),
          row -> {
            double confidence = hasConfidence ? row.getDouble(4) : 1;
            documents
                .computeIfAbsent(row.getString(1), document -> new TreeMap<>(keyOrder))
                .merge(
                    row.getString(2),
                    new Mentions(row.getLong(3), hasConfidence && row.wasNull() ? 1 : confidence),
                    Mentions::plus);
          });
    }
    return documents;
  }

  /** Titles and the beginnings of texts. */
  Map<String, Description> descriptions(Connection connection, Collection<String> documents)
      throws SQLException {
    Map<String, Description> descriptions = new TreeMap<>(keyOrder);
    for (Row row : KeyedRows.select(connection, tables.documents(), columns, "doc_id", documents)) {
      descriptions.put(
          row.text(0),
          new Description(
              columns.size() > 2 ? title((String) row.get(2)) : null, (String) row.get(1)));
    }
    return descriptions;
  }

  private static @Nullable String title(@Nullable String metadata) {
    try {
      String title = metadata == null ? null : JSON.readTree(metadata).path("title").textValue();
      return title == null || title.isBlank() ? null : title;
    } catch (JsonProcessingException e) {
      // The metadata of another application.
      return null;
    }
  }
}
