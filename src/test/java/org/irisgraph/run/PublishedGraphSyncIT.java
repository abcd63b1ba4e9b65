package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.options.IndexingOptions;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PublishedGraphSyncIT {

  /** As a server without iris-vector-graph: the stand-in has no classes. */
  @Test
  void saysWhatToDoIfTheServerHasNoSuchClass() throws Exception {
    try (TestTarget target = TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
        LauncherConnection launcher =
            LauncherConnection.open(target.settings(), Duration.ZERO, () -> false)) {
      IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
      target.useIn(options);
      options.setGraphSchema("Graph_KG");
      options.setGraphSync(true);

      StoreException.Configuration refused =
          assertThrows(
              StoreException.Configuration.class,
              () -> PublishedGraphSync.afterUpdate(launcher, options, changes()));

      assertThat(
          refused.getMessage(),
          allOf(
              containsString("the graph is published"),
              containsString("##class(Graph.KG.Traversal)"),
              containsString("leave graphSync out")));
    }
  }

  private static CorrectedRows changes() {
    return new CorrectedRows(0, 0, 0, 0, 0, 0, 1, 0);
  }
}
