package org.irisgraph.linked;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.Test;

class LinkedGraphTest extends LinkedGraphContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Test
  void leavesOutRelationshipsOfOtherToolsWithoutATarget() throws Exception {
    target.execute(
        "ALTER TABLE RAG.EntityRelationships ALTER COLUMN target_entity_id DROP NOT NULL");
    write(1000, document("d1", "gout", "asthma"), document("d2", "gout"));
    target.execute(
        "INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id, relationship_type)"
            + " VALUES ('theirs', '%s', 'treats')"
                .formatted(GraphIds.entity("d1", "DISEASE", "gout")));

    update(1000);
    assertThat(edges(), is(expectedEdges()));

    rebuild();
    assertThat(edges(), is(expectedEdges()));
  }

  @Test
  void keepsTheNodeOfAnEntityThatIsStoredAgainMeanwhile() throws Exception {
    write(1000, document("a", "gout"));
    update(1000);
    target.execute(
        "CREATE TABLE RAG.Deleted AS SELECT * FROM RAG.Entities", "DELETE FROM RAG.Entities");
    try (Connection connection = Database.connect(target.settings());
        Connection other = Database.connect(target.settings());
        Statement statement = other.createStatement()) {
      new GraphChangeLog(new LinkedTables("RAG")).noteUnrecorded(connection);
      other.setAutoCommit(false);
      statement.execute("UPDATE RAG.EntityNodes SET mentions = mentions");

      CompletableFuture<CorrectedRows> rebuilding =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return rebuild();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      await()
          .until(
              () -> target.count("INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL") == 1);
      statement.execute("INSERT INTO RAG.Entities SELECT * FROM RAG.Deleted");
      other.commit();
      rebuilding.get();
    }

    assertThat(target.count("RAG.EntityNodes"), is(1L));
  }
}
