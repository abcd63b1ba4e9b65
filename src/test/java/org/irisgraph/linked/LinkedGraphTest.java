package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.irisgraph.graph.GraphIds;
import org.irisgraph.iris.TestTarget;
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
}
