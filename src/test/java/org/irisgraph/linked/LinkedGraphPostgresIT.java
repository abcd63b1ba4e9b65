package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.linked.GraphPortion.Part;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class LinkedGraphPostgresIT extends LinkedGraphContract {

  @RegisterExtension static final SharedTarget SERVER = new SharedTarget(TestTarget::postgres);

  @Override
  protected TestTarget open() {
    return SERVER.get();
  }

  @Test
  void letsTheServerPlanByTheRowsOfALoad() throws Exception {
    write(1000, document("a", "gout", "fever"), document("b", "gout", "rash"));

    rebuild();

    assertThat(
        SERVER
            .get()
            .rows(
                "SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'rag' ORDER BY tablename"),
        hasItems("entities", "entityrelationships", "entitynodes", "graphnodes", "graphedges"));
  }

  @Test
  void rebuildsTheGraphOfADatabaseWithoutEvidence() throws Exception {
    write(1000, document("a", "gout", "fever"));
    GraphTables tables = GraphTables.of("RAG").linkedBy(linked).provedBy(new EvidenceTables("RAG"));
    ConnectionSettings settings = SERVER.get().settings();

    try (Connection connection = Database.connect(settings)) {
      new LinkedGraph(tables, linked, settings.dialect(), 1000).rebuild(connection);
    }

    assertThat(edges(), hasSize(1));
  }

  /** Whatever other tools store, and in whichever order the server has keys. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "en-x-icu"})
  void theServerSumsUpWhatTheProgramWould(String collation) throws Exception {
    TestTarget server = SERVER.get();
    String key = "ALTER TABLE RAG.%s ALTER %s TYPE VARCHAR(240) COLLATE \"%s\"";
    server.execute(
        key.formatted("EntityNodes", "node_key", collation),
        key.formatted("GraphNodes", "node_key", collation),
        key.formatted("GraphEdges", "source_node", collation));
    // By UTF-16 the last of them comes before the one before it, by code points after it.
    List<String> names =
        List.of("gout", "Gicht", "zona", "_x", "Äther", "a b", "a-b", "\uFF5Ex", "\uD83D\uDE00x");
    Random random = new Random(5);
    DocumentGraph[] documents = new DocumentGraph[12];
    for (int i = 0; i < documents.length; i++) {
      List<String> shuffled = new ArrayList<>(names);
      Collections.shuffle(shuffled, random);
      documents[i] = document("d" + i, shuffled.subList(0, 5).toArray(String[]::new));
    }
    write(1000, documents);
    String ends =
        "FROM RAG.Entities s JOIN RAG.Entities t ON s.entity_id < t.entity_id WHERE s.entity_name"
            + " IN ('gout', 'zona') AND t.entity_name = 'a-b' LIMIT 30";
    server.execute(
        "INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id, target_entity_id,"
            + " relationship_type, weight) SELECT 'x' || s.entity_id || t.entity_id, s.entity_id,"
            + " t.entity_id, 'treats', 0.1 "
            + ends,
        "INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id, target_entity_id,"
            + " relationship_type, confidence) SELECT 'y' || s.entity_id || t.entity_id,"
            + " t.entity_id, s.entity_id, 'co_occurs_with', -1 "
            + ends,
        "INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id, target_entity_id)"
            + " SELECT 'z' || s.entity_id || t.entity_id, s.entity_id, t.entity_id "
            + ends,
        "UPDATE RAG.EntityNodes SET mentions = NULL WHERE document_id = 'd3'",
        "UPDATE RAG.Entities SET entity_type = NULL WHERE source_doc_id = 'd4'");
    ConnectionSettings settings = server.settings();

    for (int portion : new int[] {1, 7, 1000}) {
      server.execute("DELETE FROM RAG.GraphNodes", "DELETE FROM RAG.GraphEdges");
      LinkedGraph graph =
          new LinkedGraph(
                  GraphTables.of("RAG").linkedBy(linked).withSameAs(),
                  linked,
                  settings.dialect(),
                  1000)
              .inPortionsOf(portion)
              .summedUpFrom(0);
      try (Connection connection = Database.connect(settings)) {
        graph.rebuild(connection);

        assertThat(edges(), hasSize(greaterThan(20)));
        String turn = new GraphTransaction(linked.changes(), 1000, () -> {}).share(connection);
        assertThat(
            "portions of " + portion,
            graph.correct(
                connection, new GraphPortion(NodeRange.EVERYTHING, Part.EVERYTHING, 0, turn)),
            is(CorrectedRows.NONE));
        graph.inPortionsOf(1000);
        for (NodeRange range :
            NodeRange.portions(connection, linked.entityNodes(), "node_key", 7)) {
          for (Part part : List.of(Part.TOTALS, Part.LINKS)) {
            assertThat(
                range + " of " + part,
                graph.correct(connection, new GraphPortion(range, part, 0, turn)),
                is(CorrectedRows.NONE));
          }
        }
      }
    }
  }
}
