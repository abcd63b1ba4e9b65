package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.sql.Connection;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
