package org.irisgraph.graphrag;

import static org.irisgraph.jdbc.Dialect.ColumnType.INTEGER;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.irisgraph.jdbc.TableShape;

/**
 * The tables of what proves a graph, beside the ledger: where documents mention their entities, and
 * which sentences state relationships. All offsets are in UTF-16 code units of the document's text.
 *
 * <p>The sentences of a relationship of type {@code co_occurs_with} are those with a mention of
 * both entities, so that it needs no rows of its own. Of an entity the first mentions are stored,
 * and those in the first sentence of each of its relationships.
 *
 * <p>{@code earlier_in_sentence} counts the mentions of the entity that precede one in its
 * sentence, so that a query gets each sentence once by the condition that it is 0.
 *
 * @param schema the ledger's schema
 */
public record EvidenceTables(String schema) implements Serializable {

  /** One row for each mention of an entity that is stored. */
  public String mentions() {
    return schema + ".EntityMentions";
  }

  /** One row for each of the first sentences that state a relationship. */
  public String statements() {
    return schema + ".RelationshipEvidence";
  }

  /** Whether a database has both. */
  public boolean exist(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, mentions()).exists()
        && TableShape.lookUp(connection, statements()).exists();
  }

  /** The definitions of these tables. */
  public List<TableDefinition> definitions() {
    return List.of(
        TableDefinition.of(
                mentions(),
                "mention_key",
                Column.required("mention_key", 64),
                Column.required("entity_id", 255),
                Column.required("document_id", TableDefinitions.MAX_DOCUMENT_ID),
                Column.of("mention_start", INTEGER),
                Column.of("mention_end", INTEGER),
                Column.of("sentence_start", INTEGER),
                Column.of("sentence_end", INTEGER),
                Column.of("earlier_in_sentence", INTEGER))
            .withNeededIndexes("entity_id", "document_id"),
        TableDefinition.of(
                statements(),
                "evidence_key",
                Column.required("evidence_key", 64),
                Column.required("relationship_id", 255),
                Column.required("document_id", TableDefinitions.MAX_DOCUMENT_ID),
                Column.of("sentence_start", INTEGER),
                Column.of("sentence_end", INTEGER))
            .withNeededIndexes("relationship_id", "document_id"));
  }

  List<TableWrite<DocumentGraph>> writes(String entities, String relationships) {
    List<TableDefinition> definitions = definitions();
    return List.of(
        write(definitions.get(0))
            .withReference("entity_id", entities)
            .withRows(EvidenceTables::mentionRows),
        write(definitions.get(1))
            .withReference("relationship_id", relationships)
            .withRows(EvidenceTables::statementRows));
  }

  /** Writes nothing, so that a document that is replaced or deleted loses its rows. */
  List<TableWrite<DocumentGraph>> deletions() {
    return definitions().stream()
        .map(definition -> write(definition).withRows(graph -> List.of()))
        .toList();
  }

  private static TableWrite<DocumentGraph> write(TableDefinition definition) {
    return TableWrite.<DocumentGraph>into(definition.table())
        .withColumns(definition.columnNames().toArray(String[]::new))
        .withKey(definition.key())
        .withOwner("document_id");
  }

  private static List<Row> mentionRows(DocumentGraph graph) {
    List<Row> rows = new ArrayList<>();
    for (Entity entity : graph.entities()) {
      int position = 0;
      int earlier = 0;
      Sentence last = null;
      for (MentionPlace place : entity.places()) {
        earlier = place.sentence().equals(last) ? earlier + 1 : 0;
        last = place.sentence();
        rows.add(
            Row.of(
                key(entity.id(), position++),
                entity.id(),
                graph.documentId(),
                place.start(),
                place.end(),
                place.sentence().start(),
                place.sentence().end(),
                earlier));
      }
    }
    return rows;
  }

  private static List<Row> statementRows(DocumentGraph graph) {
    List<Row> rows = new ArrayList<>();
    for (Relationship relationship : graph.relationships()) {
      int position = 0;
      for (Sentence sentence : relationship.statedIn()) {
        rows.add(
            Row.of(
                key(relationship.id(), position++),
                relationship.id(),
                graph.documentId(),
                sentence.start(),
                sentence.end()));
      }
    }
    return rows;
  }

  /** By position, so that a new version of a document updates rows rather than replacing them. */
  private static String key(String id, int position) {
    return id + '.' + position;
  }
}
