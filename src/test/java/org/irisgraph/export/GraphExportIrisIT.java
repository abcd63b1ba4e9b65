package org.irisgraph.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same through the real driver. */
@Tag("slow")
class GraphExportIrisIT extends GraphExportContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
  }

  @Test
  void aNodeHasOneSpellingWhereTheDatabaseIgnoresCase() throws Exception {
    node("MESH:d1", "a", "T", null);
    entity("e1", "d", "mesh:D1", 1);
    entity("e2", "d", "MESH:d1", 2);

    ExportSummary summary = export(ExportFormat.GRAPHML, true);

    assertThat(
        GraphMl.read(directory().resolve("graph.graphml")).edges(),
        contains("document:d>MESH:d1{type=mentions, directed=true, mentions=3}"));
    assertThat(summary.danglingRows(), is(0L));
  }
}
