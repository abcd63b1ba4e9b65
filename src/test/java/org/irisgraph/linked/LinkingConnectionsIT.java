package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.TermCorpus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph is summed up in portions, on as many connections as the server admits. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class LinkingConnectionsIT {

  private static final LinkedTables LINKED = new LinkedTables("RAG");
  private static final GraphTables TABLES = GraphTables.of("RAG").linkedBy(LINKED).withSameAs();

  @TempDir private Path corpus;

  @Test
  void goesOnWithTheConnectionsThatThereAreAndSendsTheSameTexts() throws Exception {
    TermCorpus.writeTo(corpus);
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      indexing.run(options -> options.setLinkEntities(LinkEntities.SAME_AS));
      server.limitConnections(3);
      ConnectionSettings settings = target.settings().withWriters(4);

      Set<String> texts = new HashSet<>();
      for (int portion : new int[] {20, 2}) {
        indexing.execute("DELETE FROM RAG.GraphNodes");
        indexing.execute("DELETE FROM RAG.GraphEdges");
        indexing.execute("DELETE FROM RAG.EntityRelationships WHERE relationship_type = 'same_as'");
        server.resetCounts();
        try (Connection connection = Database.connect(settings)) {
          CorrectedRows rows =
              new LinkedGraph(TABLES, LINKED, settings.dialect(), 1000)
                  .inPortionsOf(portion)
                  .onConnections(settings)
                  .rebuild(connection);

          assertThat(rows.nodesWritten(), is((long) TermCorpus.TERMS));
          assertThat(rows.edgesWritten(), is((long) TermCorpus.TERMS));
          assertThat(rows.sameAsWritten(), is(3L * TermCorpus.TERMS));
        }
        for (LoggedMessage message : server.messages()) {
          texts.add(message.sql());
        }
      }

      assertThat(server.refusedConnections(), is(greaterThan(0)));
      assertThat(texts, hasSize(lessThan(30)));
    }
  }
}
