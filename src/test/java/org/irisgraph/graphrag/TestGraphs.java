package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.graph.Origin;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;

/** Documents as the extractors would give them, and the tables that they are written to. */
public final class TestGraphs {

  private static final String LEDGER = "RAG.DocumentLedger";

  private TestGraphs() {}

  /** A document with entities of these names, linked in a chain. */
  public static DocumentGraph document(String id, String source, String... names) {
    List<Entity> entities = new ArrayList<>();
    List<Relationship> relationships = new ArrayList<>();
    for (String name : names) {
      String entityId = GraphIds.entity(id, "DISEASE", name);
      entities.add(
          new Entity(
              entityId,
              name,
              "DISEASE",
              1,
              0,
              name.length(),
              1,
              "dictionary",
              NodeKeys.ofName("DISEASE", name),
              List.of(new MentionPlace(0, name.length(), new Sentence(0, name.length())))));
      if (entities.size() > 1) {
        String previous = entities.get(entities.size() - 2).id();
        relationships.add(
            new Relationship(
                GraphIds.relationship(id, previous, entityId, "co_occurs_with"),
                previous,
                entityId,
                "co_occurs_with",
                1,
                1));
      }
    }
    String text = String.join(" ", names);
    return DocumentGraph.builder()
        .setDocumentId(id)
        .setOrigin(new Origin(source, 0, 0))
        .setText(text.isEmpty() ? "nothing" : text)
        .setContentHash(ContentHash.of(text))
        .setEntities(entities)
        .setRelationships(relationships)
        .setExtractionMillis(1.5)
        .build();
  }

  /** A run with the ledger in the schema RAG. */
  public static LedgerSettings run(String pipeline, String runId) {
    return new LedgerSettings(LEDGER, pipeline, runId, "fingerprint");
  }

  /** The tables in the schema RAG. */
  public static GraphTables tables(TestTarget target) {
    return GraphTables.of(target.schema("RAG"));
  }

  /** Creates the tables in the schema RAG. */
  public static void createTables(TestTarget target) throws SQLException {
    createTables(target, tables(target));
  }

  /** Creates these tables, with their ledger in the schema RAG. */
  public static void createTables(TestTarget target, GraphTables tables) throws SQLException {
    try (Connection connection = Database.connect(target.settings())) {
      new TargetTables(target.settings().dialect(), tables, target.in(LEDGER)).create(connection);
    }
  }

  /** Writes batches into the tables of {@link #createTables}. */
  public static TestWriter<DocumentGraph> writer(TestTarget target, LedgerSettings run) {
    GraphTables tables = tables(target);
    return new TestWriter<>(
        target.settings(), tables.writes(), new Ledger(run, tables), GraphTables::owner);
  }

  /** Writes a batch into the tables of {@link #createTables}. */
  public static BatchResult<DocumentGraph> write(
      TestTarget target, LedgerSettings run, int batchRows, List<DocumentGraph> graphs)
      throws StoreException, InterruptedException {
    try (TestWriter<DocumentGraph> writer = writer(target, run).withBatchRows(batchRows)) {
      return writer.write(graphs);
    }
  }

  /** A document at a line of a file. */
  public static DocumentGraph line(String id, String source, long position, String... names) {
    return document(id, source, names).toBuilder()
        .setOrigin(new Origin(source, position, 0))
        .build();
  }

  /** A line of a file that is no document. */
  public static DocumentGraph brokenLine(String source, long position) {
    return DocumentGraph.failed(
        null,
        new Origin(source, position, 0),
        new Failure(Failure.Stage.READ, "BAD_JSON", "no JSON object"));
  }

  public static DocumentGraph unreadable(String source) {
    return DocumentGraph.failed(
        null, new Origin(source, 0, 0), new Failure(Failure.Stage.READ, "NOT_UTF8", "not UTF-8"));
  }
}
