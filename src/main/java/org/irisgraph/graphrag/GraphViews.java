package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.Relationship;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.TableShape;

/**
 * Views of the graph for people who write queries: names, types, documents, titles and sentences
 * joined. They are beside the ledger.
 */
public final class GraphViews {

  /** In characters; the title is the first line of a document. */
  private static final int LONGEST_TITLE = 200;

  /** The column of {@link #entities} for the row with the first mention. */
  private static final String PASSAGE = "passage_id";

  private final Dialect dialect;
  private final GraphTables tables;
  private final EvidenceTables evidence;

  GraphViews(Dialect dialect, GraphTables tables, EvidenceTables evidence) {
    this.dialect = dialect;
    this.tables = tables;
    this.evidence = evidence;
  }

  /**
   * One row for each entity of a document, with its first sentence and the row of the text with
   * that: a passage, or the document.
   */
  String entities() {
    return evidence.schema() + ".GraphEntities";
  }

  /** One row for each sentence that proves a relationship. */
  String statements() {
    return evidence.schema() + ".GraphStatements";
  }

  /**
   * Creates the views that are missing, if the tables have the columns that they need, and those of
   * an earlier version, which did not know of passages, anew.
   */
  public void create(Connection connection) throws SQLException {
    boolean suits =
        has(connection, tables.documents(), "doc_id", "text_content")
            && has(connection, tables.entities(), "entity_name", "entity_type", "source_doc_id")
            && has(connection, tables.relationships(), "relationship_type");
    if (suits) {
      dropEarlier(connection);
      for (Map.Entry<String, String> view :
          Map.of(entities(), entityQuery(), statements(), statementQuery()).entrySet()) {
        if (!TableShape.lookUp(connection, view.getKey()).exists()) {
          try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIEW %s AS %s".formatted(view.getKey(), view.getValue()));
          } catch (SQLException e) {
            // Another run may be creating the view at this moment.
            if (!TableShape.lookUp(connection, view.getKey()).exists()) {
              throw e;
            }
          }
        }
      }
    }
  }

  private void dropEarlier(Connection connection) throws SQLException {
    TableShape existing = TableShape.lookUp(connection, entities());
    if (existing.exists() && !existing.has(PASSAGE)) {
      try (Statement statement = connection.createStatement()) {
        if (TableShape.lookUp(connection, statements()).exists()) {
          statement.execute("DROP VIEW " + statements());
        }
        // Last, since it shows the version.
        statement.execute("DROP VIEW " + entities());
      }
    }
  }

  private static boolean has(Connection connection, String table, String... columns)
      throws SQLException {
    TableShape shape = TableShape.lookUp(connection, table);
    return List.of(columns).stream().allMatch(shape::has);
  }

  private String entityQuery() {
    return """
    %1$sJOIN %2$s m ON m.entity_id = e.entity_id AND m.mention_key = e.entity_id || '.0'
    JOIN %3$s d ON d.doc_id = m.document_id
    UNION ALL
    %1$sJOIN %3$s d ON d.doc_id = e.source_doc_id
    LEFT JOIN %2$s m ON m.mention_key = e.entity_id || '.0'
    WHERE m.mention_key IS NULL\
    """
        .formatted(entityColumns(), evidence.mentions(), tables.documents());
  }

  private String entityColumns() {
    return """
    SELECT e.entity_id AS entity_id, e.entity_name AS entity_name,
      e.entity_type AS entity_type, d.doc_id AS document_id, e.source_doc_id AS %s,
      %s AS title, %s AS sentence
    FROM %s e
    """
        .formatted(PASSAGE, title(), sentence("m"), tables.entities());
  }

  private String statementQuery() {
    return statements(
            "p",
            "JOIN %s p ON p.relationship_id = r.relationship_id".formatted(evidence.statements()),
            "")
        + "\nUNION ALL\n"
        + statements(
            "m",
            """
            JOIN %1$s m ON m.entity_id = r.source_entity_id AND m.earlier_in_sentence = 0
            JOIN %1$s o ON o.entity_id = r.target_entity_id AND o.earlier_in_sentence = 0
              AND o.sentence_start = m.sentence_start\
            """
                .formatted(evidence.mentions()),
            "\nWHERE r.relationship_type = '%s'".formatted(Relationship.CO_OCCURS_WITH));
  }

  private String statements(String place, String evidenceJoins, String condition) {
    return """
    SELECT r.relationship_id AS relationship_id, s.entity_id AS source_id,
      s.entity_name AS source_name, s.entity_type AS source_type,
      r.relationship_type AS relationship_type, t.entity_id AS target_id,
      t.entity_name AS target_name, t.entity_type AS target_type,
      d.doc_id AS document_id, %1$s AS title, %2$s AS sentence
    FROM %3$s r JOIN %4$s s ON s.entity_id = r.source_entity_id
    JOIN %4$s t ON t.entity_id = r.target_entity_id
    %6$s
    JOIN %5$s d ON d.doc_id = %7$s.document_id%8$s\
    """
        .formatted(
            title(),
            sentence(place),
            tables.relationships(),
            tables.entities(),
            tables.documents(),
            evidenceJoins,
            place,
            condition);
  }

  private static String sentence(String place) {
    return "SUBSTRING(d.text_content, %1$s.sentence_start + 1, %1$s.sentence_end - %1$s.sentence_start)"
        .formatted(place);
  }

  private String title() {
    return "SUBSTRING(d.text_content, 1, POSITION(%1$s IN SUBSTRING(d.text_content, 1, %2$s) || %1$s) - 1)"
        .formatted(dialect.character(10), LONGEST_TITLE);
  }
}
