package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Linking and the review of the ledger change no more rows of a table in a transaction than IRIS
 * locks one by one.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LinkedRunLocksIT {

  private static final int BATCH_ROWS = 20;
  private static final int CONNECTIONS = 3;

  /** Ids that IRIS may take for others, in scripts whose keys are long. */
  private static final String[] IDS = {"\u0130stanbul %d", "Stra\u00dfe %d ", "\u6587\u66f8 %d"};

  @TempDir private Path corpus;

  private void write(int documents, String text) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      lines.append(
          "{\"id\":\"%s\",\"text\":\"%s gout, lupus and asthma.\"}\n"
              .formatted(IDS[i % IDS.length].formatted(i), text));
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
  }

  @Test
  void neverReachTheThreshold() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\nasthma\tDISEASE\n");
    write(60, "Old");
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.setLockThreshold(BATCH_ROWS);
    server.limitConnections(CONNECTIONS);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Consumer<IndexingOptions> linked =
          options -> {
            options.setLinkEntities(LinkEntities.SAME_AS);
            options.setBatchRows(BATCH_ROWS);
            options.setMaxDeletedShare(1.0);
          };
      assertThat(indexing.run(linked).documents().indexed(), is(60L));
      write(60, "New");
      assertThat(indexing.run(linked).documents().indexed(), is(60L));
      write(25, "New");
      Summary summary = indexing.run(linked.andThen(options -> options.setDeleteMissing(true)));

      assertThat(summary.documents().deleted(), is(35L));
      assertThat(
          Long.parseLong(
              indexing
                  .rows(
                      "SELECT COUNT(*) FROM RAG.EntityRelationships"
                          + " WHERE relationship_type = 'same_as'")
                  .get(0)),
          is(greaterThan(0L)));
      assertThat(server.lockEscalations(), is(0));
    }
  }

  /** The ledger forgets them in one go, after all documents are stored. */
  @Test
  void neverReachTheThresholdWhenManyBrokenLinesAreRepaired() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    Files.writeString(corpus.resolve("documents.jsonl"), "{\"text\":\n".repeat(3 * BATCH_ROWS));
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.setLockThreshold(BATCH_ROWS);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Consumer<IndexingOptions> settings = options -> options.setBatchRows(BATCH_ROWS);
      assertThat(indexing.run(settings).documents().rejected(), is(3L * BATCH_ROWS));
      Files.writeString(corpus.resolve("documents.jsonl"), "{\"id\":\"a\",\"text\":\"Gout.\"}\n");

      assertThat(indexing.run(settings).documents().indexed(), is(1L));

      assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), is(List.of("1")));
      assertThat(server.lockEscalations(), is(0));
    }
  }
}
